import { formatCount, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { AlertFacts, TypeFacts } from "../facts.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import { newsHours } from "../news-hours.ts";
import type { Reading } from "../reading.ts";
import { share } from "../threshold-kinds.ts";
import { readLanes, worstByLane } from "./lane-counts.ts";

/** Skewed ÷ delivered of one datacenter, in the worst hour whose counts recently became final. */
export const skewRatio: Metric = {
  of: "type",
  label: "Skewed events",
  about: "The share of an hour’s delivered events that landed in other hours’ partitions.",
  condition: (text) => `more than ${text} of a datacenter’s delivered events landed in other hours`,
  threshold: share(),
  fires: "above",
  needs: "closed hours",
  cause: { code: "skewed_delivery", score: 0.3 },
  // Skew has no tolerance: nothing can be caught or missed.
  replay: { as: "news", of: "skewed", byThreshold: true, promise: null },
  looks: { at: "closed hours", which: (type, { now }) => newsHours(type, now) },
  read,
};

function read(type: TypeFacts, { now }: AlertFacts, terms: MetricTerms): Reading[] {
  const found = worstByLane(newsHours(type, now), terms, ({ skewed, delivered }) =>
    skewed === null ? null : { count: skewed, whole: delivered },
  );
  return readLanes(
    found,
    "skewed",
    ({ hour, lane }) =>
      `${type.eventType}: ${formatCount(lane.skewed ?? 0)} of ${formatCount(lane.delivered)} events of hour ${formatHour(hour.hour)} from ${lane.datacenter} landed in other hours (${formatShare(lane.skewed ?? 0, lane.delivered)}).`,
  );
}
