import { containsInstant } from "../routing/time/contains-instant.ts";
import type { TimeInterval } from "../routing/time/time-interval.ts";
import { wallClock } from "../routing/time/wall-clock.ts";
import type { Silence } from "./silenced-by.ts";

interface Window {
  readonly startsAt: Date;
  /** The first instant after it. */
  readonly endsAt: Date;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A recurrence that does not occur for so many days is taken as over. */
const horizonDays = 400;
/** Intervals and ranges per direction: fewer days of a recurrence with very many are looked at. */
const maxEvaluations = 100_000;

/**
 * The next `count` windows in which a silence silences, the current one first. A window ends where the silence does; one that
 * is open beyond the horizon is taken to begin or end with the silence.
 */
export function nextWindows(
  { startsAt, endsAt, recurrence }: Pick<Silence, "startsAt" | "endsAt" | "recurrence">,
  { now, count }: { now: Date; count: number },
): Window[] {
  if (now >= endsAt) return [];
  if (recurrence === null) return [{ startsAt, endsAt }];
  const perDay = recurrence.reduce((sum, { times }) => sum + 1 + (times?.length ?? 0), 0);
  const horizonMs = Math.min(horizonDays, Math.floor(maxEvaluations / Math.max(1, perDay))) * dayMs;
  const from = Math.max(now.getTime(), startsAt.getTime());
  const earliest = Math.max(startsAt.getTime(), from - horizonMs);
  const latest = Math.min(endsAt.getTime(), from + 2 * horizonMs);
  let windows: Range[] = [];
  for (let at = from; at < latest; at += dayMs) {
    const isOpen = windows.at(-1)?.end === at;
    if (!isOpen && (windows.length >= count || at >= from + horizonMs)) break;
    windows = merge([...windows, ...rangesWithin(recurrence, at, Math.min(at + dayMs, latest))]);
  }
  for (let at = from; at > earliest && windows[0]?.start === at; at -= dayMs) {
    const before = rangesWithin(recurrence, Math.max(at - dayMs, earliest), at);
    windows = merge([...before, ...windows]).filter(({ end }) => end > from);
  }
  return windows.slice(0, count).map(({ start, end }) => ({
    startsAt: start === earliest ? startsAt : new Date(start),
    endsAt: end === latest ? endsAt : new Date(end),
  }));
}

/** Sorted, those that touch or overlap joined. */
function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && range.start <= last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else merged.push(range);
  }
  return merged;
}

/** When one of the intervals holds within the span, of at most a day. */
function rangesWithin(intervals: readonly TimeInterval[], start: number, end: number): Range[] {
  const zones = new Map<string, ReturnType<typeof constantOffsets>>();
  return intervals.flatMap((interval) => {
    const { location, times } = interval;
    const spans = zones.get(location) ?? constantOffsets(location, start, end);
    zones.set(location, spans);
    const dates = { ...interval, times: null, location: "UTC" };
    return spans.flatMap((span) => {
      const ranges: Range[] = [];
      const toClock = (at: number) => at + span.offset;
      for (let day = Math.floor(toClock(span.start) / dayMs) * dayMs; day < toClock(span.end); day += dayMs) {
        if (!containsInstant(dates, new Date(day))) continue;
        for (const { first, last } of times ?? [{ first: 0, last: 1_440 }]) {
          const range = {
            start: Math.max(span.start, day + first * minuteMs - span.offset),
            end: Math.min(span.end, day + last * minuteMs - span.offset),
          };
          if (range.start < range.end) ranges.push(range);
        }
      }
      return ranges;
    });
  });
}

/** The parts of a span in which the zone's clock is not changed. */
function constantOffsets(zone: string, start: number, end: number): (Range & { offset: number })[] {
  const [before, after] = [offsetAt(start, zone), offsetAt(end, zone)];
  if (before === after) return [{ start, end, offset: before }];
  const change = clockChange(start, end, zone);
  return [
    { start, end: change, offset: before },
    { start: change, end, offset: after },
  ];
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
