"use client";

import { Button } from "@mantine/core";
import { useNow } from "#components/ui/use-now.ts";
import type { StatusJson } from "#domain/api/board.ts";
import { judgeBlindness } from "./blindness.ts";
import styles from "./frame.module.css";
import { useStatusPoll } from "./use-status-poll.ts";

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
