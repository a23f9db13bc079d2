const minuteMs = 60_000;

/**
 * Delays after the hour's end at which the survival curve is stored; between them it is linear. Fine where types usually close, coarse
 * where only trouble does. The first is zero: hours complete the moment they end.
 */
export const delayGridMs: readonly number[] = [
  0, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 45, 60, 75, 90, 105, 120, 150, 180, 240, 300, 360, 480, 720, 1440, 2880, 4320,
  10_080,
].map((minutes) => minutes * minuteMs);

const last = delayGridMs.length - 1;
const lastMs = delayGridMs[last] as number;

/** The cumulative hazard of closing at each delay of the grid: 1 − e^−hazard is the share closed by then. */
export type Survival = readonly number[];

/** 0 before the hour's end; beyond the grid's end a Pareto tail: ten times the delay leaves a tenth open. */
export function cumulativeHazard(survival: Survival, delayMs: number): number {
  if (delayMs < 0) return 0;
  if (delayMs >= lastMs) return (survival[last] as number) + Math.log(delayMs / lastMs);
  const above = gridIndex(delayMs);
  if (above === 0) return survival[0] as number;
  const fromMs = delayGridMs[above - 1] as number;
  const below = survival[above - 1] as number;
  const share = (delayMs - fromMs) / ((delayGridMs[above] as number) - fromMs);
  return below + share * ((survival[above] as number) - below);
}

/** The first index of the grid at or after the delay; the grid's length for delays beyond it. */
export function gridIndex(delayMs: number): number {
  let low = 0;
  let high = last + 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((delayGridMs[middle] as number) < delayMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
