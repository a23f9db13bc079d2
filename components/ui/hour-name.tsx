"use client";

import { addHours, parseHour } from "#domain/hour.ts";
import { formatExactInstant, formatInstant } from "./instant-format.ts";
import { useLocalZone, useZoneChoice } from "./time-zone.ts";
import styles from "./ui.module.css";

/** An hour by its name, which is always UTC, with the reader's own time beside it when that is chosen. */
export function HourName({ hour }: { hour: string }) {
  const local = useLocalZone();
  const start = parseHour(hour);
  const showLocal = useZoneChoice() === "local" && local !== "UTC" && start !== null;
  if (!start) return <span className={styles.mono}>{hour}</span>;
  const startAt = start.toISOString();
  const endAt = addHours(start, 1).toISOString();
  const title = [...new Set(["UTC", local])]
    .map((zone) => `${formatExactInstant(startAt, zone)} and one hour on`)
    .join("\n");
  return (
    <time className={styles.hour} dateTime={`${hour}:00Z`} title={title}>
      <span className={styles.mono}>{hour}</span>
      {showLocal && (
        <span className={styles.localHour}>
          {formatInstant(startAt, local, endAt)}–{formatInstant(endAt, local, endAt)}
        </span>
      )}
    </time>
  );
}
