"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { withBase } from "./base-path.ts";
import { type ChangeStream, followChanges } from "./follow-changes.ts";
import { queries } from "./queries.ts";

/** The status shows whether Tidemark answers at all: it is polled on a timer, whatever the stream says. */
const [statusKey] = queries.status().queryKey;

/**
 * Refetches what is shown when something changed, from one event stream per tab; none while the tab is hidden. Without
 * a stream, polling continues by itself.
 */
export function useLiveChanges(): void {
  const client = useQueryClient();
  useEffect(() => {
    let stream: ChangeStream | null = null;
    const open = () =>
      followChanges({
        connect: () => new EventSource(withBase("/api/v1/changes")),
        onChanged: () =>
          void client.invalidateQueries({
            refetchType: "active",
            predicate: ({ queryKey: [key], meta }) => key !== statusKey && meta?.unhurried !== true,
          }),
      });
    const onVisibility = () => {
      stream?.close();
      stream = document.visibilityState === "visible" ? open() : null;
    };
    onVisibility();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      stream?.close();
    };
  }, [client]);
}
