"use client";

import { parseHour } from "#domain/hour.ts";
import { formatExactInstant, formatHourSpan } from "./instant-format.ts";
import { localZone, useZoneChoice } from "./time-zone.ts";
import styles from "./ui.module.css";

/** An hour by its name, which is always UTC, with the reader's own time beside it if that zone is chosen. */
export function HourName({ hour }: { hour: string }) {
  const start = parseHour(hour);
  const showLocal = useZoneChoice() === "local" && localZone() !== "UTC" && start !== null;
  if (!start) return <span className={styles.mono}>{hour}</span>;
  return (
    <time
      className={styles.hour}
      dateTime={`${hour}:00Z`}
      title={spanIn(start, "UTC")}
      onPointerEnter={(event) => {
        event.currentTarget.title = [...new Set(["UTC", localZone()])].map((zone) => spanIn(start, zone)).join("\n");
      }}
    >
      <span className={styles.mono}>{hour}</span>
      {showLocal && <span className={styles.localHour}>{formatHourSpan(start, localZone())}</span>}
    </time>
  );
}

function spanIn(start: Date, zone: string): string {
  return `${formatExactInstant(start.toISOString(), zone)} and one hour on`;
}
