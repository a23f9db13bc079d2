"use client";

import { parseHour } from "#domain/hour.ts";
import { formatExactInstant, formatHourSpan } from "./instant-format.ts";
import { useLocalZone, useZoneChoice } from "./time-zone.ts";
import styles from "./ui.module.css";

/** An hour by its name, which is always UTC, with the reader's own time beside it when that is chosen. */
export function HourName({ hour }: { hour: string }) {
  const local = useLocalZone();
  const start = parseHour(hour);
  const showLocal = useZoneChoice() === "local" && local !== "UTC" && start !== null;
  if (!start) return <span className={styles.mono}>{hour}</span>;
  const startAt = start.toISOString();
  const title = [...new Set(["UTC", local])]
    .map((zone) => `${formatExactInstant(startAt, zone)} and one hour on`)
    .join("\n");
  return (
    <time className={styles.hour} dateTime={`${hour}:00Z`} title={title}>
      <span className={styles.mono}>{hour}</span>
      {showLocal && <span className={styles.localHour}>{formatHourSpan(start, local)}</span>}
    </time>
  );
}
