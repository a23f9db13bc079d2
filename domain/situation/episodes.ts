import { minuteMs, riseBegan } from "./lags.ts";
import type { Growth } from "./late.ts";

/** A rise above the lowest before it by this much is a delay of its own. */
const risesMs = 5 * minuteMs;
const steepMinutes = 6;
const steepShare = 0.3;
/** What a lag usually rises by a minute, from one hour's to the next, is less. */
const driftMs = 0.15 * minuteMs;
/** A fall by this share from the worst, and at least as much, ends the growth. */
const fallsShare = 0.25;

/**
 * The times in which the lag grew, oldest first; the last may still grow. A lag that drains and grows again is two: the second has a
 * cause of its own.
 */
export function growthsOf(lag: readonly number[], from: number, to: number): Growth[] {
  const found: Growth[] = [];
  let low = from;
  let high = -1;
  let searchFrom = from;
  for (let at = from; at <= to; at++) {
    const value = lag[at] as number;
    if (high < 0) {
      if (value < (lag[low] as number)) low = at;
      if (value - (lag[low] as number) < risesMs) continue;
      // Half of how fast it rises now separates it from the usual drift.
      const back = Math.max(searchFrom, at - 4);
      const slope = (value - (lag[back] as number)) / Math.max(1, at - back) / 2;
      const began = riseBegan(lag, () => slope, searchFrom, at);
      found.push({ from: Math.min(began, at), to: at });
      high = at;
      continue;
    }
    const growth = found[found.length - 1] as Growth;
    if (value >= (lag[high] as number)) {
      high = at;
      growth.to = at;
      continue;
    }
    const fell = (lag[high] as number) - value;
    if (fell < Math.max(risesMs, fallsShare * ((lag[high] as number) - (lag[growth.from] as number)))) continue;
    searchFrom = high;
    low = at;
    high = -1;
  }
  return found.map((growth) => ({ ...growth, from: steepFrom(lag, growth) }));
}

/** A growth may follow the usual drift: it begins where it rises at a good part of how fast it ever rose. */
function steepFrom(lag: readonly number[], { from, to }: Growth): number {
  let steepest = 0;
  let end = to;
  for (let at = from + steepMinutes; at <= to; at++) {
    const slope = ((lag[at] as number) - (lag[at - steepMinutes] as number)) / steepMinutes;
    if (slope > steepest * 1.05) [steepest, end] = [slope, at];
  }
  const slope = Math.max(driftMs, steepShare * steepest);
  return steepest === 0 ? from : riseBegan(lag, () => slope, from, end);
}
