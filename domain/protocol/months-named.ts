import type { Hour } from "../hour.ts";
import type { Message } from "./messages.ts";
import { namedBy } from "./messages.ts";

/**
 * How many calendar months the hours of one message, or request, may name. Each new month creates partitions in the
 * database: a sender naming fifty-six years at once would block everyone else meanwhile.
 */
export const maxMonths = 36;

/** The calendar months of the hours that the messages' data falls in, numbered. */
export function monthsNamed(messages: readonly Message[]): Set<number> {
  const months = new Set<number>();
  for (const message of messages) addMonths(months, namedBy(message).hours);
  return months;
}

export function addMonths(months: Set<number>, entries: readonly { hour: Hour }[]): void {
  let last: Hour | null = null;
  for (const { hour } of entries) {
    // Reports come by the thousand and name few hours; parsed ones share one object per hour.
    if (hour === last) continue;
    last = hour;
    months.add(hour.getUTCFullYear() * 12 + hour.getUTCMonth());
  }
}
