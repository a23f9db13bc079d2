import { addHours, formatHour, type Hour, hourOf, parseHour } from "#domain/hour.ts";

const hourMs = 3_600_000;
/** The API's page size. */
export const longestRangeHours = 500;
export const defaultRangeHours = 48;

export interface HourRange {
  /** Included. */
  from: string;
  /** Excluded. */
  to: string;
  hours: number;
  /** The range ends with the current hour: it moves with time. */
  current: boolean;
  /** What was wrong with the request, in a sentence; null if nothing was. */
  fault: string | null;
}

/** The range that `?from=&to=` asks for: from included, to excluded; by default the last 48 hours. */
export function resolveHourRange(
  asked: { from?: string | undefined; to?: string | undefined },
  nowAt: Date,
): HourRange {
  const end = addHours(hourOf(nowAt), 1);
  const to = readHour(asked.to);
  const from = readHour(asked.from);
  const wrong = [to, from].find((bound) => typeof bound === "string");
  if (typeof to === "string" || typeof from === "string") {
    return rangeOf(
      addHours(end, -defaultRangeHours),
      end,
      end,
      `“${wrong}” is not a valid hour. Use the form 2026-11-22T13.`,
    );
  }
  const last = to ?? (from ? minHour(addHours(from, defaultRangeHours), end) : end);
  const first = from ?? addHours(last, -defaultRangeHours);
  if (first >= last) {
    return rangeOf(addHours(last, -defaultRangeHours), last, end, "The range’s end is before its start.");
  }
  const earliest = addHours(last, -longestRangeHours);
  const fault =
    first < earliest
      ? `The range is longer than ${longestRangeHours} hours. Only its last ${longestRangeHours} are shown.`
      : null;
  return rangeOf(fault ? earliest : first, last, end, fault);
}

/** The range just before or after, as long as this one. */
export function shiftHourRange(range: HourRange, direction: -1 | 1): { from: string; to: string } {
  const shift = (name: string) => formatHour(addHours(parseHour(name) ?? new Date(0), direction * range.hours));
  return { from: shift(range.from), to: shift(range.to) };
}

function rangeOf(first: Hour, last: Hour, end: Hour, fault: string | null): HourRange {
  const hours = Math.round((last.getTime() - first.getTime()) / hourMs);
  return { from: formatHour(first), to: formatHour(last), hours, current: last >= end, fault };
}

function readHour(text: string | undefined): Hour | null | string {
  if (text === undefined || text === "") return null;
  return parseHour(text) ?? text;
}

function minHour(one: Hour, other: Hour): Hour {
  return one < other ? one : other;
}
