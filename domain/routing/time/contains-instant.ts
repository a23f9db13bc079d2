import type { TimeInterval, TimeRange } from "./time-interval.ts";
import { type WallClock, wallClock } from "./wall-clock.ts";

/** Whether one of the intervals contains the instant. */
export function anyContains(intervals: readonly TimeInterval[], instant: Date): boolean {
  return intervals.some((interval) => containsInstant(interval, instant));
}

export function containsInstant(interval: TimeInterval, instant: Date): boolean {
  const clock = wallClock(instant, interval.location);
  return (
    (interval.times?.some(({ first, last }) => clock.minuteOfDay >= first && clock.minuteOfDay < last) ?? true) &&
    (interval.daysOfMonth?.some((range) => holdsDay(range, clock)) ?? true) &&
    holds(interval.months, clock.month) &&
    holds(interval.weekdays, clock.weekday) &&
    holds(interval.years, clock.year)
  );
}

function holds(ranges: readonly TimeRange[] | null, value: number): boolean {
  return ranges?.some(({ first, last }) => value >= first && value <= last) ?? true;
}

/** −1 is the month's last day; a range that starts after the month's end is not in it, one that ends after it is cut there. */
function holdsDay({ first, last }: TimeRange, { day, daysInMonth }: WallClock): boolean {
  const fromStart = (found: number) => (found < 0 ? daysInMonth + found + 1 : found);
  return day >= fromStart(first) && day <= fromStart(last);
}
