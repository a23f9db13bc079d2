import { usualLimitSeconds } from "../explain/delays.ts";
import type { LaneFacts, PlaceFacts } from "./facts.ts";

export const minuteMs = 60_000;
const hourMs = 3_600_000;
/** A mark that has not moved for this long stands still. */
const standsAfterMs = 10 * minuteMs;
/** How long before the page a lane counts as affected by the incident. */
const beforePageMs = 15 * minuteMs;

/** How far a lane was behind at each of its place's minutes. */
export interface LaneLag {
  lane: LaneFacts;
  /** null: no watermark yet. */
  lagMs: readonly (number | null)[];
  /** More than this is later than usual. */
  limitMs: number;
}

export function lagOf(lane: LaneFacts, { atMs }: Pick<PlaceFacts, "atMs">): LaneLag {
  const { markMs } = lane.samples;
  const graceMs = graceOf(lane);
  const lagMs = markMs.map((mark, index) =>
    mark === null ? null : Math.max(0, (atMs[index] as number) - mark - graceMs),
  );
  return { lane, lagMs, limitMs: limitOf(lane) };
}

/** In milliseconds: more than this is later than usual. */
export function limitOf(lane: LaneFacts): number {
  return usualLimitSeconds(lane) * 1000;
}

/** Watermarks reported per whole hour only are due an hour later. */
export function graceOf({ samples: { markMs } }: LaneFacts): number {
  return markMs.some((mark) => mark !== null && mark % hourMs !== 0) ? 0 : hourMs;
}

/** The lanes that the incident delays: named by it, or behind at or after the page. */
export function affectedLanes(place: PlaceFacts, openedAtMs: number): LaneLag[] {
  const { atMs } = place;
  const from = firstAtOrAfter(atMs, openedAtMs - beforePageMs);
  const lags = place.lanes.map((lane) => lagOf(lane, place));
  const behind = lags.filter(({ lane, lagMs, limitMs }) => {
    if (standsSinceMs(lane, place) !== null) return true;
    for (let at = from; at < lagMs.length; at++) if ((lagMs[at] ?? 0) > limitMs) return true;
    return false;
  });
  if (behind.length > 0) return behind;
  const named = lags.filter(({ lane }) => lane.isNamed);
  return named.length > 0 ? named : lags;
}

/** Since when its watermark stands still; null while it moves. */
function standsSinceMs({ samples: { markMs } }: LaneFacts, { atMs }: PlaceFacts): number | null {
  const last = markMs.length - 1;
  const mark = markMs[last] ?? null;
  if (mark === null) return null;
  let since = last;
  while (since > 0 && markMs[since - 1] === mark) since--;
  const forMs = (atMs[last] as number) - (atMs[since] as number);
  return forMs >= standsAfterMs + (mark % hourMs === 0 ? hourMs : 0) ? (atMs[since] as number) : null;
}

/** The lanes' mean lag at each minute. */
export function meanLag(lags: readonly LaneLag[], minutes: number): number[] {
  const mean = new Array<number>(minutes).fill(0);
  for (let at = 0; at < minutes; at++) {
    let sum = 0;
    let known = 0;
    for (const { lagMs } of lags) {
      const lag = lagMs[at] ?? null;
      if (lag === null) continue;
      sum += lag;
      known += 1;
    }
    mean[at] = known === 0 ? 0 : sum / known;
  }
  return mean;
}

/** The index of the first minute at or after an instant; the last one's if there is none. */
export function firstAtOrAfter(atMs: readonly number[], instantMs: number): number {
  let low = 0;
  let high = Math.max(0, atMs.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atMs[middle] as number) < instantMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The minute after which a series began to rise by more than `slope` a step, up to the minute `to`: where the cumulative sum of what
 * exceeds it is lowest (CUSUM; Page, 1954).
 */
export function riseBegan(series: readonly number[], slope: (at: number) => number, from: number, to: number): number {
  let began = from;
  let sum = 0;
  let lowest = 0;
  for (let at = from + 1; at <= to; at++) {
    sum += (series[at] as number) - (series[at - 1] as number) - slope(at);
    if (sum <= lowest) {
      lowest = sum;
      began = at;
    }
  }
  return began;
}
