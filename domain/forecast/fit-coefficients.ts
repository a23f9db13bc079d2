import { featureCount, projectionFeature, standingFeature } from "./lane-features.ts";
import { fitLogistic, type LogisticFit, sigmoid } from "./logistic.ts";
import type { TrainingRows } from "./training-rows.ts";

const ridge = 40;
const pinned = 1e9;
const leastUsual = 0.2;
/** Of the shares of late hours. In a quiet history a few hours stray by a thousandth: after the first incident, the shares are 1. */
const leastShareDeviation = 0.1;
const lateShares = 2;
// The further ahead the instant asked about, the less they weigh.
const falling = [projectionFeature + 1, standingFeature + 1];

/**
 * The weight of each feature. With few rows all weights are near zero and the survival curve stands as it is. A longer wait never
 * makes "still open" more likely: coefficients of that sign are chance, and dropped.
 */
export function fitCoefficients(rows: TrainingRows): LogisticFit {
  const coefficients = [1, ...Array.from({ length: featureCount }, () => 0)];
  const ridges = coefficients.map(() => ridge);
  const leastDeviations = [0, ...Array.from({ length: lateShares }, () => leastShareDeviation)];
  for (;;) {
    const fit = fitLogistic(rows, { coefficients, ridge: ridges, leastDeviations });
    if ((fit.coefficients[0] as number) < leastUsual && ridges[0] !== pinned) {
      ridges[0] = pinned;
      continue;
    }
    const reversed = falling.filter((at) => (fit.coefficients[at] as number) < 0);
    const free = reversed.filter((at) => ridges[at] !== pinned);
    for (const at of free) ridges[at] = pinned;
    if (free.length > 0) continue;
    for (const at of reversed) fit.coefficients[at] = 0;
    return fit;
  }
}

const quietWeeks = 8;

/**
 * The remaining effect of each hour of the week: the mean over its weeks, each of which counts once however many types were in
 * trouble, shrunk towards zero with the weight of eight weeks.
 */
export function habitsOf(rows: TrainingRows, fit: LogisticFit): number[] {
  const errors = new Map<number, { error: number; spread: number }>();
  for (let row = 0; row < rows.count; row++) {
    const weight = rows.weights[row] as number;
    const probability = sigmoid(logitAt(rows, fit, row));
    const week = rows.weeks[row] as number;
    const sum = errors.get(week) ?? { error: 0, spread: 1 };
    errors.set(week, sum);
    sum.error += weight * ((rows.outcomes[row] as number) - probability);
    sum.spread += weight * probability * (1 - probability);
  }
  const habits = Array.from({ length: 168 }, () => ({ sum: 0, weeks: quietWeeks }));
  for (const [week, { error, spread }] of errors) {
    const habit = habits[week % 168] as (typeof habits)[number];
    habit.sum += Math.min(Math.max(error / spread, -1), 1);
    habit.weeks++;
  }
  return habits.map(({ sum, weeks }) => Math.round((sum / weeks) * 1e4) / 1e4);
}

function logitAt(rows: TrainingRows, fit: LogisticFit, row: number): number {
  let logit = fit.intercept;
  for (let at = 0; at < rows.width; at++) {
    const value = rows.features[row * rows.width + at] as number;
    logit += (fit.coefficients[at] as number) * (Number.isNaN(value) ? (fit.means[at] as number) : value);
  }
  return logit;
}
