import { behindAt, type CatchUp } from "./catch-up.ts";
import { cumulativeHazard, type Survival } from "./delay-grid.ts";
import {
  featureCount,
  type LaneSurroundings,
  projectionAt,
  projectionFeature,
  standingAt,
  standingFeature,
  writeFeatures,
} from "./lane-features.ts";
import type { LaneSigns } from "./lane-signs.ts";
import { logitOf, sigmoid } from "./logistic.ts";
import { type ForecastModel, hourOfWeek } from "./model.ts";
import { survivalOf } from "./survival.ts";

/** A datacenter where the hour is not closed. */
export interface OpenLane {
  around: LaneSurroundings;
  signs: LaneSigns;
  /** Present: it catches up after an incident, which expects this of it. */
  catchUp?: CatchUp | undefined;
}

/** One hour of one type that is not closed everywhere. */
export interface HourQuestion {
  eventType: string;
  tier: string;
  endMs: number;
  deadlineMs: number;
  nowMs: number;
  /** Never empty: an hour closed everywhere is not asked about, one expected nowhere has no answer. */
  lanes: readonly OpenLane[];
}

export interface Forecast {
  /** The probability of closing after its deadline. Exactly 1 once the deadline has passed. */
  breachProbability: number;
  /** Half of such hours are closed by p50, 90 % by p90. Rounded up to whole seconds. */
  closesAt: { p50: Date; p90: Date };
}

// The longest horizon: no wait and no history reaches further.
const longestMs = 90 * 86_400_000;
const bisections = 20;
const surest = 30;

/** When the hour will close, from what is known at `nowMs`. */
export function forecastHour(model: ForecastModel, question: HourQuestion): Forecast {
  const { endMs, deadlineMs, nowMs } = question;
  const openAt = openingOf(model, question);
  const earliestMs = Math.max(nowMs - endMs, 0);
  const closesAt = (open: number) => new Date(Math.ceil((endMs + delayAt(openAt, open, earliestMs)) / 1000) * 1000);
  return {
    breachProbability: nowMs - endMs >= deadlineMs ? 1 : openAt(deadlineMs),
    closesAt: { p50: closesAt(0.5), p90: closesAt(0.1) },
  };
}

/** The probability that the hour is still open this long after its end. Falls from 1 now towards 0. */
export function openingOf(model: ForecastModel, question: HourQuestion): (delayMs: number) => number {
  const waitedMs = question.nowMs - question.endMs;
  const survival = survivalOf(model.survivals, question);
  const lanes = question.lanes.map((lane) => ({
    constant: constantOf(model, question, lane),
    signs: lane.signs,
    expected: lane.catchUp && openAfter(lane.catchUp, question, survival),
  }));
  const { intercept, slope } = model.calibration;
  const projection = model.coefficients[projectionFeature] as number;
  const usualProjection = model.means[projectionFeature] as number;
  const standing = model.coefficients[standingFeature] as number;
  const usualStanding = model.means[standingFeature] as number;
  const passed = cumulativeHazard(survival, waitedMs);
  return (delayMs) => {
    if (delayMs <= waitedMs) return 1;
    const usual = model.usual * usualLogit(cumulativeHazard(survival, delayMs) - passed);
    let allClosed = 0;
    // What incidents expect of the last of them; 1: of a lane that none says anything of.
    let latest = 0;
    for (const { constant, signs, expected } of lanes) {
      const projected = projectionAt(signs, delayMs);
      const stands = standingAt(signs, waitedMs, delayMs);
      const learned =
        constant +
        usual +
        projection * (Number.isNaN(projected) ? usualProjection : projected) +
        standing * (Number.isNaN(stands) ? usualStanding : stands);
      const openStill = expected?.(delayMs) ?? 1;
      latest = Math.max(latest, openStill);
      const logit = expected ? Math.min(learned, logitOf(openStill)) : learned;
      // log(1 − sigmoid(logit)), which does not underflow for large logits
      allClosed -= logit > surest ? logit : Math.log1p(Math.exp(logit));
    }
    if (allClosed > -1e-12) return 0;
    const logitOpen = Math.log(-Math.expm1(allClosed)) - allClosed;
    // The hour waits for the last of them: what is expected of that one, calibrated already, is not exceeded.
    return Math.min(sigmoid(intercept + slope * logitOpen), latest);
  };
}

/** Open this long after the hour's end: it has not caught up, or it has and an hour that had not ended is open for as long as usual. */
function openAfter(catchUp: CatchUp, { endMs, nowMs }: HourQuestion, survival: Survival): (delayMs: number) => number {
  const hasEnded = endMs <= nowMs;
  return (delayMs) => {
    const behind = behindAt(catchUp, endMs + delayMs, nowMs);
    return hasEnded ? behind : behind + (1 - behind) * Math.exp(-cumulativeHazard(survival, delayMs));
  };
}

/** The logit of e^−hazard: the baseline for an hour with this cumulative hazard ahead. */
export function usualLogit(hazard: number): number {
  return -Math.log(Math.max(Math.expm1(hazard), 1e-12));
}

function constantOf(model: ForecastModel, question: HourQuestion, { around, signs }: OpenLane): number {
  const features = new Float64Array(featureCount);
  writeFeatures(features, 0, around, signs);
  let sum = model.intercept + (model.habits[hourOfWeek(question.endMs - 3_600_000)] as number);
  for (let at = 0; at < featureCount; at++) {
    if (at === projectionFeature || at === standingFeature) continue;
    const value = features[at] as number;
    sum += (model.coefficients[at] as number) * (Number.isNaN(value) ? (model.means[at] as number) : value);
  }
  return sum;
}

/** The first delay by which no more than `open` of such hours are still open. */
function delayAt(openAt: (delayMs: number) => number, open: number, earliestMs: number): number {
  let low = earliestMs;
  let high = earliestMs + longestMs;
  if (openAt(low) <= open) return low;
  // Bisects on the logarithm of the wait: minutes matter at first, days later.
  let lowLog = 0;
  let highLog = Math.log1p(longestMs);
  for (let round = 0; round < bisections; round++) {
    const middleLog = (lowLog + highLog) / 2;
    const middle = earliestMs + Math.expm1(middleLog);
    if (openAt(middle) <= open) {
      highLog = middleLog;
      high = middle;
    } else {
      lowLog = middleLog;
      low = middle;
    }
  }
  return high;
}
