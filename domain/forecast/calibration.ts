import { openingOf } from "./forecast-hour.ts";
import { fitLogistic, logitOf, sigmoid } from "./logistic.ts";
import type { ForecastModel } from "./model.ts";
import { askPast, landmarksMs, type PastRange, pastPlaces, thin } from "./training.ts";

/** A model's probability for an hour outside its training set, and the outcome. */
export interface Answer {
  probability: number;
  outcome: 0 | 1;
}

const hoursPerLandmark = 1_500;

/** Asks "will it miss its deadline?" of the hours that end in the range, where the deadline has passed by now. */
export function tryOut(model: ForecastModel, range: PastRange, untilMs: number): Answer[] {
  return landmarksMs.flatMap((landmark) => {
    const places = pastPlaces(range, landmark).filter(([type]) => landmark < type.deadlineMs);
    return thin(places, hoursPerLandmark).flatMap((place): Answer[] => {
      const asked = askPast(range, place);
      if (!asked || asked.endMs > untilMs || asked.endMs + asked.type.deadlineMs > range.beforeMs) return [];
      const { type, endMs, atMs, lanes } = asked;
      const { eventType, tier, deadlineMs } = type;
      const openAt = openingOf(model, { eventType, tier, endMs, deadlineMs, nowMs: atMs, lanes });
      const probability = Math.min(Math.max(openAt(deadlineMs), 1e-6), 1 - 1e-6);
      return [{ probability, outcome: lanes.some((lane) => lane.closedAtMs - endMs > deadlineMs) ? 1 : 0 }];
    });
  });
}

// Samples are correlated: one day's trouble is hundreds of them. As many are needed to shift a probability.
const ridge = 300;
const leastSlope = 0.2;

/** Platt scaling, regularised towards leaving probabilities unchanged. */
export function calibrate(answers: readonly Answer[]): ForecastModel["calibration"] {
  const rows = {
    width: 1,
    features: Float64Array.from(answers, ({ probability }) => logitOf(probability)),
    outcomes: Float64Array.from(answers, ({ outcome }) => outcome),
    weights: new Float64Array(answers.length).fill(1),
    count: answers.length,
  };
  const fit = fitLogistic(rows, { coefficients: [1], ridge: [ridge], interceptRidge: ridge });
  return { intercept: fit.intercept, slope: Math.max(fit.coefficients[0] as number, leastSlope) };
}

export function calibrated(answer: Answer, { intercept, slope }: ForecastModel["calibration"]): Answer {
  return { ...answer, probability: sigmoid(intercept + slope * logitOf(answer.probability)) };
}

export function brierOf(answers: readonly Answer[]): number {
  const squares = answers.reduce((sum, { probability, outcome }) => sum + (probability - outcome) ** 2, 0);
  return squares / answers.length;
}
