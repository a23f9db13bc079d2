/** A recurrence that a form and a sentence can hold: the same hours on some days of the week. */
export interface Weekly {
  /** `sunday` to `saturday`, the days on which a window begins, in the week's order; all seven: every day; none: not chosen yet. */
  readonly weekdays: readonly string[];
  /** `02:00`. */
  readonly startTime: string;
  /** Up to `24:00`. Not after startTime: on the next day. */
  readonly endTime: string;
  /** An IANA zone. */
  readonly location: string;
}

export const weekdayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** A time interval as files and requests write it. */
export type WrittenInterval = Record<string, unknown>;

/** The time intervals of a weekly window. One that passes midnight is two, as an interval is of one day. */
export function writeWeekly({ weekdays, startTime, endTime, location }: Weekly): WrittenInterval[] {
  const interval = (days: readonly string[], from: string, to: string) => ({
    ...(days.length === weekdayNames.length ? {} : { weekdays: inOrder(days) }),
    times: [{ startTime: from, endTime: to }],
    location,
  });
  if (startTime < endTime) return [interval(weekdays, startTime, endTime)];
  const evening = interval(weekdays, startTime, "24:00");
  return endTime === "00:00" ? [evening] : [evening, interval(weekdays.map(nextDay), "00:00", endTime)];
}

/** The weekly window that intervals mean; null for anything else, such as days of the month. */
export function readWeekly(intervals: readonly WrittenInterval[]): Weekly | null {
  const [first, second, ...more] = intervals.map(readDaily);
  if (!first || second === null || more.length > 0) return null;
  if (second === undefined) return first;
  const passesMidnight =
    first.endTime === "24:00" &&
    second.startTime === "00:00" &&
    second.endTime <= first.startTime &&
    second.location === first.location &&
    inOrder(first.weekdays.map(nextDay)).join() === second.weekdays.join();
  return passesMidnight ? { ...first, endTime: second.endTime } : null;
}

function readDaily({ weekdays, times, location = "UTC", ...others }: WrittenInterval): Weekly | null {
  const days = weekdays === undefined ? weekdayNames : Array.isArray(weekdays) ? weekdays : [weekdays];
  const [time, ...more] = Array.isArray(times) ? times : [];
  const isPlain = Object.keys(others).length === 0 && more.length === 0 && typeof location === "string";
  if (!isPlain || typeof time?.startTime !== "string" || typeof time?.endTime !== "string") return null;
  // A range such as monday:friday is left to the file.
  if (!days.every((day) => weekdayNames.includes(day))) return null;
  return { weekdays: inOrder(days), startTime: time.startTime, endTime: time.endTime, location };
}

function inOrder(days: readonly string[]): string[] {
  return weekdayNames.filter((day) => days.includes(day));
}

function nextDay(day: string): string {
  return weekdayNames[(weekdayNames.indexOf(day) + 1) % weekdayNames.length] ?? day;
}
