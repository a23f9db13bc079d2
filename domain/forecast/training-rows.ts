import { hourMs } from "./closings.ts";
import { cumulativeHazard } from "./delay-grid.ts";
import { usualLogit } from "./forecast-hour.ts";
import {
  featureCount,
  projectionAt,
  projectionFeature,
  standingAt,
  standingFeature,
  writeFeatures,
} from "./lane-features.ts";
import type { LogisticRows } from "./logistic.ts";
import { hourOfWeek } from "./model.ts";
import { type Survivals, survivalOf } from "./survival.ts";
import type { PastQuestion } from "./training.ts";

export interface TrainingRows extends LogisticRows {
  /** For each row: its hour of the week, plus 168 times its week number. */
  weeks: Int32Array;
}

const minuteMs = 60_000;
// Besides the deadline: how far ahead of its landmark a past hour is asked "still open then?".
const aheadMs = [15, 30, 60, 120, 240, 480].map((minutes) => minutes * minuteMs);
const aheadEach = 2;
const aheadWeight = 0.5;

/** One row for each open lane and instant asked about, where the answer is known by now. */
export function layOutRows(questions: readonly PastQuestion[], survivals: Survivals, nowMs: number): TrainingRows {
  const width = featureCount + 1;
  const most = questions.reduce((sum, { lanes }) => sum + lanes.length * (1 + aheadEach), 0);
  const rows: TrainingRows = {
    width,
    features: new Float64Array(most * width),
    outcomes: new Float64Array(most),
    weights: new Float64Array(most),
    weeks: new Int32Array(most),
    count: 0,
  };
  for (const [turn, { type, index, endMs, atMs, lanes }] of questions.entries()) {
    const survival = survivalOf(survivals, type);
    const waitedMs = atMs - endMs;
    const passed = cumulativeHazard(survival, waitedMs);
    const week = Math.floor(index / 168) * 168 + hourOfWeek(endMs - hourMs);
    for (const delayMs of askedDelays(type.deadlineMs, waitedMs, turn)) {
      const usual = usualLogit(cumulativeHazard(survival, delayMs) - passed);
      for (const { around, signs, closedAtMs } of lanes) {
        // "Not closed by now" says nothing about an instant in the future.
        if (closedAtMs > nowMs && endMs + delayMs > nowMs) continue;
        const from = rows.count * width;
        rows.features[from] = usual;
        writeFeatures(rows.features, from + 1, around, signs);
        rows.features[from + 1 + projectionFeature] = projectionAt(signs, delayMs);
        rows.features[from + 1 + standingFeature] = standingAt(signs, waitedMs, delayMs);
        rows.outcomes[rows.count] = closedAtMs - endMs > delayMs ? 1 : 0;
        rows.weights[rows.count] = delayMs === type.deadlineMs ? 1 : aheadWeight;
        rows.weeks[rows.count] = week;
        rows.count++;
      }
    }
  }
  return rows;
}

/** The deadline while it is ahead, and two other instants, in turn. */
function askedDelays(deadlineMs: number, waitedMs: number, turn: number): number[] {
  const others = Array.from({ length: aheadEach }, (_, at) => {
    const ahead = aheadMs[(turn * aheadEach + at) % aheadMs.length] as number;
    return Math.max(waitedMs, 0) + ahead;
  });
  return deadlineMs > waitedMs ? [deadlineMs, ...others.filter((delayMs) => delayMs !== deadlineMs)] : others;
}
