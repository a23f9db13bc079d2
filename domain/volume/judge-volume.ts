import { evidenceOf, nextRun, oddsOfDrop, type VolumeRun, type VolumeState } from "./drop-evidence.ts";
import { historyWeeks, LearnedCounts } from "./expected-count.ts";
import { chanceOfAtMost, countAt } from "./negative-binomial.ts";
import { type PastError, PastErrors } from "./past-errors.ts";
import type { VolumeSeries } from "./series.ts";

/** What was expected of one step from the steps before it, and what its count means against that. */
export interface ExpectedVolume {
  expected: number;
  /** One count in a hundred is lower, one higher. */
  low: number;
  high: number;
  /** Observed over expected; null while the count is unknown, or nothing was expected. */
  ratio: number | null;
  /**
   * The probability of so low a count, given the step before: no less than the model says, and no less than history supports.
   */
  pTooLow: number | null;
}

export interface VolumeJudgement {
  index: number;
  /** null: unknown. */
  observed: number | null;
  /** null: no basis, less than a week of it, or not asked for. */
  usual: ExpectedVolume | null;
  state: VolumeState;
  /** How strongly this run of steps indicates a drop; 0 if it does not. See drop-evidence.ts. */
  evidence: number;
}

const bandTail = 0.01;
const recentSteps = 3;
/** Days of counts before a baseline is known. */
export const baselineDays = 7;
const mostDeviation = 1;
// The upper bound that holds however low the step before was.
const leastShare = 1e-3;
// At a rank this high the exact probability is not needed.
const plainRank = 0.2;

/**
 * Judges each step by those before it. Evidence accumulates over steps, and a page takes three: fold steps shorter than an hour to
 * hours first. Expectations are returned from `sayFrom` on: they are most of the work, and earlier steps only train.
 */
export function judgeVolume(series: VolumeSeries, sayFrom = 0): VolumeJudgement[] {
  const learned = new LearnedCounts(series);
  const memory = historyWeeks * 7 * learned.stepsPerDay;
  const errors = new PastErrors();
  const expectations = new Float64Array(series.counts.length);
  // A run must not calibrate itself: its errors are learned once it came to nothing or has lasted a day, and those of a drop never.
  let held: PastError[] = [];
  let run: VolumeRun = { state: "usual", evidence: 0 };
  // The steps before the first count are no history.
  const first = series.counts.findIndex((count) => count >= 0);
  return Array.from(series.counts, (count, index): VolumeJudgement => {
    errors.forgetBefore(index - memory);
    const expected = learned.expectedAt(index);
    expectations[index] = expected;
    const error = count >= 0 && expected > 0 ? errorOf(series, expectations, index, errors) : null;
    const isKnowing =
      first >= 0 && index - first >= baselineDays * learned.stepsPerDay && errors.size >= learned.stepsPerDay;
    const usual = isKnowing && index >= sayFrom ? usualOf(count, expected, error, errors) : null;
    if (count >= 0 && !series.excluded[index]) {
      if (isKnowing && !Number.isNaN(expected)) {
        const evidence = error ? evidenceOf(error.odds, errors) : 1;
        run = nextRun(run, evidence, recentShare(series, expectations, index));
      }
      held = run.state === "drop" ? [] : held.concat(error ?? []);
      const learnable =
        run.state === "usual" ? held.length : held.findIndex((each) => each.index > index - learned.stepsPerDay);
      for (const each of held.splice(0, Math.max(learnable, 0))) errors.add(each);
    }
    return { index, observed: count >= 0 ? count : null, usual, ...run };
  });
}

function usualOf(count: number, expected: number, error: PastError | null, errors: PastErrors): ExpectedVolume | null {
  if (Number.isNaN(expected)) return null;
  const { below, above, surprise } = errors.spreads;
  const band = {
    expected,
    low: countAt(bandTail, { mean: expected, spread: below }),
    high: countAt(1 - bandTail, { mean: expected, spread: above }),
  };
  if (Number.isNaN(count)) return { ...band, ratio: null, pTooLow: null };
  // If nothing is expected, nothing is too low.
  if (!error) return { ...band, ratio: null, pTooLow: 1 };
  const rank = errors.rankOf(error.score);
  const exact = rank < plainRank ? chanceOfAtMost(count, { mean: error.likely, spread: surprise }) : 0;
  return { ...band, ratio: count / expected, pTooLow: Math.max(rank, exact) };
}

function errorOf(
  { counts }: VolumeSeries,
  expectations: Float64Array,
  index: number,
  { persistence, spreads }: PastErrors,
): PastError {
  const count = counts[index] as number;
  const expected = expectations[index] as number;
  const before = (counts[index - 1] ?? Number.NaN) / (expectations[index - 1] ?? Number.NaN) - 1;
  const deviationBefore = Number.isFinite(before) ? Math.min(before, mostDeviation) : 0;
  // After a low step the next is low too, as far as the series is autocorrelated. A fall from a rise to the usual level is
  // no drop.
  const likely = expected * Math.max(1 + persistence * Math.min(deviationBefore, 0), leastShare);
  return {
    index,
    likely,
    score: (count - likely) / Math.sqrt(likely + spreads.surprise * likely ** 2),
    odds: oddsOfDrop(count, { mean: likely, spread: spreads.surprise }),
    deviation: Math.min(count / expected - 1, mostDeviation),
    deviationBefore,
    surprise: Math.min(count / likely - 1, mostDeviation),
    expected,
  };
}

/** Observed over expected in the last three steps. */
function recentShare({ counts }: VolumeSeries, expectations: Float64Array, index: number): number {
  let observed = 0;
  let expected = 0;
  for (let at = Math.max(0, index - recentSteps + 1); at <= index; at++) {
    const count = counts[at] as number;
    const each = expectations[at] as number;
    if (Number.isNaN(count) || Number.isNaN(each)) continue;
    observed += count;
    expected += each;
  }
  return expected > 0 ? observed / expected : 1;
}
