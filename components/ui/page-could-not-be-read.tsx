"use client";

import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { api } from "#components/api/client.ts";
import { Notice } from "./notice.tsx";

const askAgainMs = 5_000;

/** Shown for a page that could not be rendered: usually the database is away, and the page comes back with it. */
export function PageCouldNotBeRead({ error }: { error: unknown }) {
  const outage = useOutage();
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <Notice title="Couldn’t load this page">
      {outage !== null ? (
        <p>{outage} Retrying. The page reappears once it can be loaded.</p>
      ) : (
        <p>
          Try again. If the error persists, check the log of the web process
          {digest && (
            <>
              {" "}
              for the digest <code>{digest}</code>
            </>
          )}
          .
        </p>
      )}
      <Button variant="filled" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </Notice>
  );
}

/**
 * Why Tidemark does not answer; null: it does, or was not asked yet. Once it answers again, the page is loaded again. It asks without the
 * pages' queries: every page brings this notice along, and would load them twice.
 */
function useOutage(): string | null {
  const [outage, setOutage] = useState<string | null>(null);
  useEffect(() => {
    let wasAway = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    // One question after the other: an answer may take longer than the pause.
    async function ask() {
      const failure = await api.GET("/status").then(
        () => null,
        (error: Error) => error.message,
      );
      // Only a known outage is retried: a page with a fault of its own is not reloaded over and over.
      if (failure === null && wasAway) window.location.reload();
      wasAway ||= failure !== null;
      setOutage(failure);
      if (!isOver) timer = setTimeout(ask, askAgainMs);
    }
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return outage;
}
