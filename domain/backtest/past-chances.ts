import { type Closings, endMsOf, hourMs } from "../forecast/closings.ts";
import { openingOf } from "../forecast/forecast-hour.ts";
import { RecentLateness } from "../forecast/lateness.ts";
import type { ForecastModel } from "../forecast/model.ts";
import { askPast, type ForecastSample, landmarksMs, pastPlaces, sampleKey } from "../forecast/training.ts";
import type { PastHour } from "./history.ts";

export interface ForecastPast {
  model: ForecastModel;
  closings: Closings;
  /** Samples of hours taken while they were open, where they were stored. */
  samples: readonly ForecastSample[];
  untilMs: number;
}

/**
 * Event type → start of an hour in ms → the model's probability for the hour at each landmark at which it was open, from what was known
 * then.
 */
export function* pastChances(past: ForecastPast): Generator<void, Map<string, Map<number, PastHour["chances"]>>> {
  const { model, closings, untilMs } = past;
  const samples = new Map(
    past.samples.map((each) => [sampleKey(each.eventType, each.hourStartMs, each.landmarkMs), each]),
  );
  const lateness = new RecentLateness(closings, model.survivals);
  const range = { closings, lateness, samples, afterMs: closings.fromMs, beforeMs: untilMs };
  const found = new Map<string, Map<number, { atMs: number; probability: number }[]>>();
  for (const landmarkMs of landmarksMs.filter((each) => each >= 0)) {
    let asked = 0;
    for (const place of pastPlaces(range, landmarkMs)) {
      const [type, index] = place;
      const question = landmarkMs < type.deadlineMs ? askPast(range, place) : null;
      if (!question) continue;
      const { eventType, tier, deadlineMs } = type;
      const terms = { eventType, tier, endMs: endMsOf(closings, index), deadlineMs, nowMs: question.atMs };
      const probability = openingOf(model, { ...terms, lanes: question.lanes })(deadlineMs);
      const hours = found.get(eventType) ?? new Map<number, { atMs: number; probability: number }[]>();
      found.set(eventType, hours);
      const startMs = terms.endMs - hourMs;
      hours.set(startMs, [...(hours.get(startMs) ?? []), { atMs: question.atMs, probability }]);
      asked += 1;
      if (asked % 500 === 0) yield;
    }
  }
  return found;
}
