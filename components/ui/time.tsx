"use client";

import { formatBriefInstant, formatExactInstant, formatInstant } from "./instant-format.ts";
import { localZone, useZoneChoice } from "./time-zone.ts";

interface TimeProps {
  at: string;
  relativeTo?: string | undefined;
  /** Of another day than `relativeTo` only the date, where there is no room for more. */
  isBrief?: boolean;
}

/** An instant in the chosen zone; both zones, to the second, on hover. */
export function Time({ at, relativeTo, isBrief = false }: TimeProps) {
  const zone = useZoneChoice() === "local" ? localZone() : "UTC";
  const text = isBrief ? formatBriefInstant(at, zone, relativeTo) : formatInstant(at, zone, relativeTo);
  return (
    <time
      dateTime={at}
      title={formatExactInstant(at, "UTC")}
      onPointerEnter={(event) => {
        event.currentTarget.title = bothZones(at);
      }}
    >
      {text}
      {zone === "UTC" && text.includes(":") ? " UTC" : ""}
    </time>
  );
}

function bothZones(at: string): string {
  return [...new Set(["UTC", localZone()])].map((zone) => formatExactInstant(at, zone)).join("\n");
}
