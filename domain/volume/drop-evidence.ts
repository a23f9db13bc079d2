import type { CountModel } from "./negative-binomial.ts";

/**
 * One false page a year over a hundred types of 8,760 hours each. If the odds of one hour average at most 1 in normal operation, whatever
 * came before it, evidence this high comes up at most once in that many hours (an e-detector: Shin, Ramdas, Rinaldo 2022).
 */
export const evidenceToPage = 1e6;

// What a drop leaves: nothing, a quarter, half, all equally likely.
const remainders = [0, 0.25, 0.5] as const;
// However strange one hour is, a single one never pages: it takes three to reach evidenceToPage.
const mostOfOne = 100;

/** The likelihood ratio of the count, drop against usual, at most 100. */
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
 * The odds as a bet against "as usual", at most 1 on average while that holds, both by the model and by history: a series with past false
 * drops needs more accordingly. A single high hour never cancels the others: it counts at least 1/100.
 */
export function evidenceOf(odds: number, past: { size: number; oddsSum: number }): number {
  const usualOdds = (past.oddsSum + odds) / (past.size + 1);
  return Math.max(odds, 1 / mostOfOne) / Math.max(1, usualOdds);
}

/** Below this share of what was expected, a drop is worth a page: half is gone. */
const practicalShare = 0.5;
/** Halfway back. */
const recoveredShare = (1 + practicalShare) / 2;

/*
 * The states of a drop, hour by hour. "Low": the last three hours together had less than half of what was expected.
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

/** `recentShare`: observed over expected in the last three hours. */
export function nextRun(run: VolumeRun, evidence: number, recentShare: number): VolumeRun {
  if (run.state === "drop") return recentShare >= recoveredShare ? { state: "usual", evidence: 0 } : run;
  const total = Math.min(evidence * Math.max(1, run.evidence), evidenceToPage);
  if (total <= 1) return { state: "usual", evidence: 0 };
  const isDrop = total >= evidenceToPage && recentShare < practicalShare;
  return { state: isDrop ? "drop" : "doubtful", evidence: total };
}
