"use client";

import { formatDuration } from "./duration.ts";
import styles from "./ui.module.css";
import { useNow } from "./use-now.ts";

/** How old what is shown is. `failure` says why it could not be refreshed: what was shown stays. */
export function AsOf({ updatedAtMs, failure }: { updatedAtMs: number; failure: string | null }) {
  const now = useNow();
  const age = now === null ? null : Math.max(0, now - updatedAtMs) / 1000;
  return (
    <span className={styles.asOf} data-failing={failure === null ? undefined : true} title={failure ?? undefined}>
      {age === null || age < 1 ? "as of now" : `as of ${formatDuration(age)} ago`}
      {failure !== null && ", not refreshed"}
    </span>
  );
}
