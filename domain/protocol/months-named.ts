import type { Hour } from "../hour.ts";
import type { Message } from "./messages.ts";

/**
 * Calendar months whose hours one message, or one request, may name. Each month that is new costs the database partitions of
 * its own: a sender of fifty-six years at once would hold everybody else up for as long as they take.
 */
export const maxMonths = 36;

/** The calendar months of the hours that hold what the messages say, numbered. A watermark names none: it may lie anywhere. */
export function monthsNamed(messages: readonly Message[]): Set<number> {
  const months = new Set<number>();
  for (const message of messages) {
    if (message.kind === "counters") addMonths(months, message.reports);
    else if (message.kind === "hour-closed") addMonths(months, message.marks);
  }
  return months;
}

export function addMonths(months: Set<number>, entries: readonly { hour: Hour }[]): void {
  let last: Hour | null = null;
  for (const { hour } of entries) {
    // Reports come by the thousand and name few hours, and parsed ones of one hour share it.
    if (hour === last) continue;
    last = hour;
    months.add(hour.getUTCFullYear() * 12 + hour.getUTCMonth());
  }
}
