import { addHours, formatHour, type Hour } from "../hour.ts";

/** How far clocks may differ: a message's `time` from ours, and what it closes from its own `time`. */
export const aheadMs = 600_000;

// A mark closes hours at once and for good. A drained pipeline reports year 9999, and a host that boots in 1970 would
// close hours it never saw, so whatever a message closes must be over at the time it was observed.

/** The fault of a watermark observed at `time`; null if there is none. */
export function sayWatermarkIsAhead(watermark: Date, time: Date): string | null {
  const ms = watermark.getTime() - time.getTime();
  if (ms <= aheadMs) return null;
  return `\`watermark\` is ${sayLength(ms)} after the event's \`time\`. A watermark cannot be ahead of the moment it was observed. At most 10 minutes are allowed, for clocks that differ.`;
}

/** The fault of closing the hour at `time`; null if there is none. */
export function sayHourIsAhead(hour: Hour, time: Date): string | null {
  const ms = addHours(hour, 1).getTime() - time.getTime();
  if (ms <= aheadMs) return null;
  return `\`hour\` ${formatHour(hour)} ends ${sayLength(ms)} after the event's \`time\`. An hour cannot be closed before its end. At most 10 minutes are allowed, for clocks that differ.`;
}

/** Rounded up, so that more than 10 minutes never reads as 10 minutes. */
function sayLength(ms: number): string {
  const units = [
    ["year", 365 * 86_400_000],
    ["day", 86_400_000],
    ["hour", 3_600_000],
  ] as const;
  const [unit, size] = units.find(([, each]) => ms >= 2 * each) ?? (["minute", 60_000] as const);
  return `${Math.ceil(ms / size).toLocaleString("en-US")} ${unit}s`;
}
