import { Temporal } from "temporal-polyfill";
import { addHours, type Hour, hourOf } from "./hour.ts";

/** The hours that overlap a calendar day of a time zone; `to` excluded. */
export interface CalendarDay {
  /** `2026-11-27`. */
  day: string;
  /** As spelled in the tz database: `Europe/Stockholm`. */
  zone: string;
  from: Hour;
  to: Hour;
}

/** What is wrong: the text is not a date, the zone is not in the tz database, or the zone skipped that day (Apia, 2011-12-30). */
export type CalendarDayFault = "day" | "zone" | "skipped";

/**
 * A day by its zone's clocks: 24 hours, 23 or 25 when clocks change. In a zone whose days do not start on a UTC hour (India, Nepal)
 * it is every hour that overlaps the day, 25 of them: the first and last belong to two days.
 */
export function readCalendarDay(day: string, zone: string): CalendarDay | CalendarDayFault {
  const date = readDate(day);
  if (!date) return "day";
  const zoneId = canonicalZone(zone);
  if (zoneId === null) return "zone";
  const from = date.toZonedDateTime(zoneId).epochMilliseconds;
  const to = date.add({ days: 1 }).toZonedDateTime(zoneId).epochMilliseconds;
  if (to <= from) return "skipped";
  return { day, zone: zoneId, from: hourOf(new Date(from)), to: addHours(hourOf(new Date(to - 1)), 1) };
}

/** The zone's days that overlap the hour: one, or two in a zone whose days do not start on a UTC hour. */
export function daysOfHour(hour: Hour, zone: string): string[] {
  return [...new Set([hour.getTime(), addHours(hour, 1).getTime() - 1].map((ms) => dayAt(new Date(ms), zone)))];
}

/** The zone's current day. */
export function dayAt(instant: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

export function addDays(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/** The zone's name as spelled in the tz database; null for anything else, including fixed offsets such as `+02:00`. */
export function canonicalZone(zone: string): string | null {
  if (!/^[A-Za-z]/.test(zone)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return null;
  }
}

function readDate(day: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  try {
    return Temporal.PlainDate.from(day, { overflow: "reject" });
  } catch {
    return null;
  }
}
