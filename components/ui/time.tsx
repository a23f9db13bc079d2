"use client";

import { formatExactInstant, formatInstant } from "./instant-format.ts";
import { localZone, useZoneChoice } from "./time-zone.ts";

/** An instant in the chosen zone; both zones, to the second, on hover. */
export function Time({ at, relativeTo }: { at: string; relativeTo?: string | undefined }) {
  const zone = useZoneChoice() === "local" ? localZone() : "UTC";
  return (
    <time
      dateTime={at}
      title={formatExactInstant(at, "UTC")}
      onPointerEnter={(event) => {
        event.currentTarget.title = bothZones(at);
      }}
    >
      {formatInstant(at, zone, relativeTo)}
      {zone === "UTC" ? " UTC" : ""}
    </time>
  );
}

function bothZones(at: string): string {
  return [...new Set(["UTC", localZone()])].map((zone) => formatExactInstant(at, zone)).join("\n");
}
