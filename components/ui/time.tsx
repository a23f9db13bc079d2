"use client";

import { formatExactInstant, formatInstant } from "./instant-format.ts";
import { useLocalZone, useZoneChoice } from "./time-zone.ts";

/** An instant in the chosen zone; both zones, to the second, on hover. */
export function Time({ at, relativeTo }: { at: string; relativeTo?: string | undefined }) {
  const local = useLocalZone();
  const zone = useZoneChoice() === "local" ? local : "UTC";
  return (
    <time dateTime={at} title={bothZones(at, local)}>
      {formatInstant(at, zone, relativeTo)}
      {zone === "UTC" ? " UTC" : ""}
    </time>
  );
}

function bothZones(at: string, local: string): string {
  const utc = formatExactInstant(at, "UTC");
  return local === "UTC" ? utc : `${utc}\n${formatExactInstant(at, local)}`;
}
