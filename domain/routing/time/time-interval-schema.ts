import { z } from "zod";
import * as read from "../../catalogue/read-fields.ts";
import type { TimeInterval, TimeRange } from "./time-interval.ts";
import { isZone } from "./wall-clock.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

const minute = read.field("must be a time of day in quotes, like '09:00', up to '24:00'", read.text, (value) => {
  const match = typeof value === "string" ? /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(value) : null;
  return match && (match[1] === undefined ? 1_440 : Number(match[1]) * 60 + Number(match[2]));
});

const timeRange = read
  .object({ startTime: minute, endTime: minute })
  .refine(
    ({ startTime, endTime }) => startTime < endTime,
    "must have a startTime before its endTime: a night is two ranges, to '24:00' and from '00:00'",
  )
  .transform(({ startTime, endTime }): TimeRange => ({ first: startTime, last: endTime }));

/** A range is written `monday:friday`, or as a single value. */
function range(must: string, readEnd: (text: string) => number | null, accepts = isForward) {
  return read.field<TimeRange, string | number>(must, { type: ["string", "integer"] }, (value) => {
    if (typeof value !== "string" && !Number.isSafeInteger(value)) return null;
    const ends = String(value).toLowerCase().split(":");
    const [first, last] = [ends[0], ends[1] ?? ends[0]].map((end) => (end === undefined ? null : readEnd(end.trim())));
    if (ends.length > 2 || typeof first !== "number" || typeof last !== "number") return null;
    return accepts({ first, last }) ? { first, last } : null;
  });
}

function isForward({ first, last }: TimeRange): boolean {
  return first <= last;
}

/** Checked for a month of 28 days if one end counts from the month's end. */
function isForwardInMonth({ first, last }: TimeRange): boolean {
  if (first < 0 && last > 0) return false;
  const fromStart = (day: number) => (day < 0 ? 28 + day : day);
  return fromStart(first) <= fromStart(last);
}

function named(names: readonly string[], base: number) {
  return (text: string) => (names.includes(text) ? names.indexOf(text) + base : null);
}

function numbered(pattern: RegExp, within: (value: number) => boolean) {
  return (text: string) => (pattern.test(text) && within(Number(text)) ? Number(text) : null);
}

const weekday = range("must be a day like monday, or a range from Sunday on like monday:friday", named(weekdays, 0));
const dayOfMonth = range(
  "must be a day from 1 to 31 or from -1 (the last) to -31, or a range like 1:5 or -3:-1",
  numbered(/^-?\d{1,2}$/, (day) => day !== 0 && Math.abs(day) <= 31),
  isForwardInMonth,
);
const monthNumber = numbered(/^\d{1,2}$/, (month) => month >= 1 && month <= 12);
const month = range(
  "must be a month like january or 1, or a range like may:august or 5:8",
  (text) => named(months, 1)(text) ?? monthNumber(text),
);
const year = range(
  "must be a year like 2026, or a range like 2026:2028",
  numbered(/^\d{1,4}$/, (found) => found > 0),
);

/** A time zone's name. */
export const location = read.field(
  "must be a time zone of the IANA database, like Europe/Stockholm",
  read.text,
  (value) => (typeof value === "string" && isZone(value) ? value : null),
);

/** Generous: every hour of a day can have a range. Each costs time whenever an alert is routed or silenced. */
const most = { intervals: 50, times: 24, ranges: 31 };
/** What was stored before the limits stays readable. */
const noLimits = {
  intervals: Number.POSITIVE_INFINITY,
  times: Number.POSITIVE_INFINITY,
  ranges: Number.POSITIVE_INFINITY,
};

function listOf<Item extends z.ZodType>(item: Item, max: number) {
  return z
    .array(item, "must be a list")
    .min(1, "must not be empty. Leave it out to match any")
    .max(max, `must hold at most ${max}. Combine adjacent ones into ranges`)
    .optional();
}

function intervalWithin(limits: typeof most) {
  return read
    .object({
      times: listOf(timeRange, limits.times),
      weekdays: listOf(weekday, limits.ranges),
      daysOfMonth: listOf(dayOfMonth, limits.ranges),
      months: listOf(month, limits.ranges),
      years: listOf(year, limits.ranges),
      location: location.optional(),
    })
    .transform(
      (spec): TimeInterval => ({
        times: spec.times ?? null,
        weekdays: spec.weekdays ?? null,
        daysOfMonth: spec.daysOfMonth ?? null,
        months: spec.months ?? null,
        years: spec.years ?? null,
        location: spec.location ?? "UTC",
      }),
    );
}

/** Alertmanager's time interval in camelCase: `{times: [{startTime, endTime}], weekdays, daysOfMonth, months, years, location}`. */
export const timeIntervalSpec = intervalWithin(most).meta({ id: "TimeInterval" });

export const timeIntervalsSpec = z
  .array(timeIntervalSpec, "must be a list of time intervals")
  .min(1, "must hold a time interval")
  .max(most.intervals, `must hold at most ${most.intervals} time intervals. Combine those that differ in one field`);

export const storedTimeIntervals = z.array(intervalWithin(noLimits)).min(1);
