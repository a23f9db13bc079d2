import { formatCount, formatCountOf, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { AlertFacts, TypeFacts } from "../facts.ts";
import { unknownCounts } from "../looks.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import { newsHours } from "../news-hours.ts";
import type { Reading } from "../reading.ts";
import { share } from "../threshold-kinds.ts";
import { readLanes, worstByLane } from "./lane-counts.ts";

/** Duplicated ÷ produced of one datacenter, in the worst hour whose counts recently became final; 1 if nothing was produced. */
export const duplicateRatio: Metric = {
  of: "type",
  label: "Duplicated events",
  about: "The share of an hour’s events that a datacenter delivered more than once.",
  condition: (text) => `a datacenter duplicated more than ${text} of an hour’s events`,
  threshold: share(),
  fires: "above",
  needs: "closed hours",
  cause: { code: "duplicate_delivery", score: 0.3 },
  replay: { as: "news", of: "duplicated", byThreshold: true, promise: "duplicates" },
  looks: { at: "closed hours", which: (type, { now }) => newsHours(type, now), unread: unknownCounts },
  read,
};

function read(type: TypeFacts, { now }: AlertFacts, terms: MetricTerms): Reading[] {
  const found = worstByLane(newsHours(type, now), terms, ({ duplicated, produced }) =>
    produced === null ? null : { count: duplicated, whole: produced },
  );
  return readLanes(found, "duplicated", ({ hour, lane }) => {
    const produced = lane.produced ?? 0;
    const where = `${type.eventType}: ${lane.datacenter}`;
    if (produced === 0)
      return `${where} delivered ${formatCountOf(lane.duplicated, "event")} of hour ${formatHour(hour.hour)} and produced none.`;
    const share = formatShare(lane.duplicated, produced);
    return `${where} duplicated ${formatCount(lane.duplicated)} of ${formatCountOf(produced, "event")} of hour ${formatHour(hour.hour)} (${share}).`;
  });
}
