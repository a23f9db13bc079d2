import { addHours, formatHour, hourOf } from "#domain/hour.ts";

/** Lengths of a range that ends now, in days. */
export const rangeDays = [7, 14, 31, 93] as const;

/** The default length. */
export const standardDays = 14;

/** The first hour of a range that ends with the current hour. */
export function rangeStart(days: number, now: Date): string {
  return formatHour(addHours(hourOf(now), 1 - 24 * days));
}
