import type { CountModel } from "./negative-binomial.ts";

/**
 * One false page a year in a hundred types of 8,760 hours each. If odds of one hour average 1 or less while all is as usual, whatever came
 * before it, evidence of so much comes up no oftener than once in so many hours (an e-detector: Shin, Ramdas, Rinaldo 2022).
 */
export const evidenceToPage = 1e6;

// What a drop leaves: nothing, a quarter, half. None of them is likelier than the others.
const remainders = [0, 0.25, 0.5] as const;
// However strange one hour is, nobody is woken by one: it takes three to reach evidenceToPage.
const mostOfOne = 100;

/** How many times likelier the count is after a drop than as usual, at most 100. */
export function oddsOfDrop(count: number, { mean, spread }: CountModel): number {
  const size = 1 / Math.max(spread, 1e-9);
  let sum = 0;
  for (const remainder of remainders) {
    if (remainder === 0 && count > 0) continue;
    const logRatio = (size + count) * Math.log((size + mean) / (size + remainder * mean));
    sum += Math.exp(Math.min(logRatio + (count > 0 ? count * Math.log(remainder) : 0), 50));
  }
  return Math.min(sum / remainders.length, mostOfOne);
}

/**
 * What the odds are worth as a bet against "as usual", on average no more than 1 while all is, by the model and by history: a series that
 * has looked dropped before needs as much more. One hour of plenty never wipes out what others say: it counts 1/100 at the least.
 */
export function evidenceOf(odds: number, past: { size: number; oddsSum: number }): number {
  const usualOdds = (past.oddsSum + odds) / (past.size + 1);
  return Math.max(odds, 1 / mostOfOne) / Math.max(1, usualOdds);
}

/** Of less than this share of what was expected, a drop is worth waking somebody for: half is gone. */
export const practicalShare = 0.5;
/** Half of the way back. */
export const recoveredShare = (1 + practicalShare) / 2;

/*
 * A drop, hour by hour. "Low": the last three hours together had less than half of what was expected.
 *
 *   from       when                                              to
 *   usual      an hour's evidence > 1                            doubtful
 *   doubtful   evidence ≤ 1                                      usual
 *   doubtful   evidence ≥ evidenceToPage and low                 drop
 *   drop       the last three hours had 3/4 of what was expected usual
 *
 * Hours that are unknown or marked change nothing.
 */
export type VolumeState = "usual" | "doubtful" | "drop";

export interface VolumeRun {
  state: VolumeState;
  evidence: number;
}

/** `recentShare`: of what was expected in the last three hours, what came. */
export function nextRun(run: VolumeRun, evidence: number, recentShare: number): VolumeRun {
  if (run.state === "drop") return recentShare >= recoveredShare ? { state: "usual", evidence: 0 } : run;
  const total = Math.min(evidence * Math.max(1, run.evidence), evidenceToPage);
  if (total <= 1) return { state: "usual", evidence: 0 };
  const isDrop = total >= evidenceToPage && recentShare < practicalShare;
  return { state: isDrop ? "drop" : "doubtful", evidence: total };
}
