"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type ChangeStream, followChanges } from "./follow-changes.ts";
import { queries } from "./queries.ts";

/** The status says whether Tidemark answers at all: it is asked for by the clock, whatever the stream says. */
const [statusKey] = queries.status().queryKey;

/**
 * Asks again for what is shown when something changed, told by one stream a tab; none while the tab is hidden. Where
 * the stream does not stand, polling goes on by itself.
 */
export function useLiveChanges(): void {
  const client = useQueryClient();
  useEffect(() => {
    let stream: ChangeStream | null = null;
    const open = () =>
      followChanges({
        connect: () => new EventSource("/api/v1/changes"),
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
