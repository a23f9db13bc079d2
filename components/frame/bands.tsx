"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { StatusJson } from "#domain/api/board.ts";
import { behindAfterMs, judgeBlindness, type Poll, type StatusSample } from "./blindness.ts";
import styles from "./frame.module.css";

/** What to know before trusting anything on the page. */
export function Bands({ initialStatus }: { initialStatus: StatusJson | null }) {
  const poll = useStatusPoll(initialStatus);
  const now = useNow();
  const clock = (poll.samples.at(-1)?.status ?? initialStatus)?.clock;
  const blindness = now === null ? null : judgeBlindness(poll, now);
  return (
    <>
      <div role="alert">
        {blindness && (
          <p className={styles.blindBand}>
            {blindness.message}
            {blindness.kind === "signed-out" && (
              <>
                {" "}
                <Button size="compact-sm" onClick={() => window.location.reload()}>
                  Reload the page
                </Button>
              </>
            )}
          </p>
        )}
      </div>
      {clock?.drill && (
        <p className={styles.drillBand}>
          Drill: Tidemark runs on a simulated clock{clock.speed === 1 ? "" : `, ${clock.speed} times real time`}. All
          times on these pages are simulated.
        </p>
      )}
    </>
  );
}

const nothingYet: Poll = { samples: [], failingSinceMs: null, askedAtMs: null, failure: null, signedOut: false };

/** Polls the status every few seconds and keeps the answers of the last minute or so. */
function useStatusPoll(initial: StatusJson | null): Poll {
  const query = useQuery({ ...queries.status(), ...(initial ? { initialData: initial } : {}) });
  const [poll, setPoll] = useState<Poll>(nothingYet);
  const failingSince = useRef<number | null>(null);
  const { data, dataUpdatedAt, error, errorUpdatedAt, isError, isRefetchError, isFetching } = query;
  const [askedAtMs, setAskedAtMs] = useState<number | null>(null);
  useEffect(() => setAskedAtMs(isFetching ? Date.now() : null), [isFetching]);

  useEffect(() => {
    if (!data) return;
    failingSince.current = null;
    const sample: StatusSample = { atMs: dataUpdatedAt, status: data };
    setPoll((before) => ({ ...nothingYet, samples: [...recent(before.samples, dataUpdatedAt), sample] }));
  }, [data, dataUpdatedAt]);

  useEffect(() => {
    if (!error || !(isError || isRefetchError)) return;
    failingSince.current ??= errorUpdatedAt;
    const failingSinceMs = failingSince.current;
    const signedOut = error instanceof ApiProblem && error.status === 401;
    const failure = error.message;
    setPoll((before) => ({ ...nothingYet, samples: before.samples, failingSinceMs, failure, signedOut }));
  }, [error, errorUpdatedAt, isError, isRefetchError]);

  return { ...poll, askedAtMs };
}

function recent(samples: readonly StatusSample[], atMs: number): StatusSample[] {
  return samples.filter((sample) => sample.atMs !== atMs && atMs - sample.atMs < 2 * behindAfterMs);
}
