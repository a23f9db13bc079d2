import type { Hour } from "../hour.ts";

/**
 * The horizontal axis: hours, or whole days where they are folded or drawn as bars. All columns are equally wide.
 * Column c holds the hours from starts[c] up to, not including, starts[c + 1].
 */
export interface Columns {
  count: number;
  /** One more than there are columns: the last is the number of hours. */
  starts: Int32Array;
}

/** The hours of a range by UTC day; the first and the last may be cut. */
export interface Days {
  count: number;
  /** The first hour of each, and the end of the last. */
  starts: Int32Array;
}

export function daysOf(from: Hour, hours: number): Days {
  const starts = [0];
  for (let hour = 24 - from.getUTCHours(); hour < hours; hour += 24) starts.push(hour);
  return { count: starts.length, starts: Int32Array.from([...starts, hours]) };
}

/** One column per hour; calm days are folded to one column each. */
export function hourColumns(days: Days, isFolded: (day: number) => boolean): Columns {
  const starts: number[] = [];
  for (let day = 0; day < days.count; day += 1) {
    const [first, end] = [days.starts[day] ?? 0, days.starts[day + 1] ?? 0];
    if (isFolded(day)) starts.push(first);
    else for (let hour = first; hour < end; hour += 1) starts.push(hour);
  }
  return { count: starts.length, starts: Int32Array.from([...starts, days.starts[days.count] ?? 0]) };
}

/** One column per day: bars, for when hours would be thinner than a pixel. */
export function dayColumns(days: Days): Columns {
  return { count: days.count, starts: days.starts };
}

/** The column that holds the hour. */
export function columnOf({ starts, count }: Columns, hour: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= hour) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The position of an hour, or a part of one, in columns. */
export function columnAt(columns: Columns, hour: number): number {
  const column = columnOf(columns, hour);
  const [start, end] = [columns.starts[column] ?? 0, columns.starts[column + 1] ?? 1];
  return column + (hour - start) / Math.max(1, end - start);
}

/** The hour, including its part, at a position in columns. */
export function hourUnder(columns: Columns, at: number): number {
  const column = Math.min(columns.count - 1, Math.max(0, Math.floor(at)));
  const [start, end] = [columns.starts[column] ?? 0, columns.starts[column + 1] ?? 1];
  return start + (at - column) * (end - start);
}
