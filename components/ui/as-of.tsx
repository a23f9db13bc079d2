"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { formatDuration } from "./duration.ts";
import styles from "./ui.module.css";
import { unjudgedSeconds } from "./unjudged-seconds.ts";
import { useNow } from "./use-now.ts";

/** How old the shown data is. `failure` says why it could not be refreshed: the old data stays. */
export function AsOf({ updatedAtMs, failure }: { updatedAtMs: number; failure: string | null }) {
  const now = useNow();
  // A fresh answer is only as current as the last verdicts.
  const { data: status } = useQuery({ ...queries.status(), enabled: false });
  const unjudged = status ? unjudgedSeconds(status) : 0;
  const age = now === null ? null : Math.max(0, now - updatedAtMs) / 1000 + unjudged;
  return (
    <span className={styles.asOf} data-failing={failure === null ? undefined : true} title={failure ?? undefined}>
      {age === null || age < 1 ? "as of now" : `as of ${formatDuration(age)} ago`}
      {unjudged > 0 && ", judging is behind"}
      {failure !== null && ", not refreshed"}
    </span>
  );
}
