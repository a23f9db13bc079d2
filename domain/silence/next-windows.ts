import { anyContains } from "../routing/time/contains-instant.ts";
import type { TimeInterval } from "../routing/time/time-interval.ts";
import { wallClock } from "../routing/time/wall-clock.ts";
import type { Silence } from "./silenced-by.ts";

export interface Window {
  readonly startsAt: Date;
  /** The first instant after it. */
  readonly endsAt: Date;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A recurrence that does not occur for so long is taken as over. */
const horizonMs = 400 * dayMs;

/**
 * The next `count` windows in which a silence silences, the current one first. A window ends where the silence does. Whether an
 * instant is silenced can change only at the bounds of the intervals and where a clock is changed, so evaluating the intervals
 * there gives exact windows, in any zone.
 */
export function nextWindows(
  { startsAt, endsAt, recurrence }: Pick<Silence, "startsAt" | "endsAt" | "recurrence">,
  { now, count }: { now: Date; count: number },
): Window[] {
  if (now >= endsAt) return [];
  if (recurrence === null) return [{ startsAt, endsAt }];
  const from = Math.max(now.getTime(), startsAt.getTime());
  const until = Math.min(endsAt.getTime(), from + horizonMs);
  const windows: Window[] = [];
  let open = null as Date | null;
  // A day earlier, for the start of the window that `from` lies in.
  for (let day = Math.max(startsAt.getTime(), from - dayMs); day < until; day += dayMs) {
    for (const at of boundsWithin(recurrence, day, Math.min(day + dayMs, until))) {
      const silences = anyContains(recurrence, at);
      if (silences) open ??= at;
      else if (open !== null) {
        if (at.getTime() > from) windows.push({ startsAt: open, endsAt: at });
        if (windows.length === count) return windows;
        open = null;
      }
    }
  }
  return open === null ? windows : [...windows, { startsAt: open, endsAt: new Date(until) }];
}

/** The start, and each instant of the span at which an interval can begin or end, ascending. */
function boundsWithin(intervals: readonly TimeInterval[], startMs: number, endMs: number): Date[] {
  const found = new Set([startMs]);
  for (const { location, times } of intervals) {
    const minutes = [0, ...(times ?? []).flatMap(({ first, last }) => [first, last])];
    const offsets = [offsetAt(startMs, location), offsetAt(endMs, location)] as const;
    if (offsets[0] !== offsets[1]) found.add(clockChange(startMs, endMs, location));
    for (const offset of new Set(offsets)) {
      const firstDay = Math.floor((startMs + offset) / dayMs) * dayMs;
      for (let day = firstDay; day <= endMs + offset; day += dayMs)
        for (const minute of minutes) found.add(day + minute * minuteMs - offset);
    }
  }
  return [...found]
    .filter((at) => at >= startMs && at < endMs)
    .sort((a, b) => a - b)
    .map((at) => new Date(at));
}

/** What a zone's clock shows minus UTC, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const { year, month, day, minuteOfDay } = wallClock(new Date(at), zone);
  return Date.UTC(year, month - 1, day, 0, minuteOfDay) - Math.floor(at / minuteMs) * minuteMs;
}

/** The minute at which the zone's offset becomes that of the span's end. */
function clockChange(startMs: number, endMs: number, zone: string): number {
  const after = offsetAt(endMs, zone);
  let [low, high] = [Math.floor(startMs / minuteMs), Math.ceil(endMs / minuteMs)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * minuteMs, zone) === after) high = middle;
    else low = middle;
  }
  return high * minuteMs;
}
