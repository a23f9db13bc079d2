import { formatCount, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { AlertFacts, TypeFacts } from "../facts.ts";
import { unknownCounts } from "../looks.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import { newsHours } from "../news-hours.ts";
import type { Reading } from "../reading.ts";
import { countSteps, readCount, share } from "../threshold-kinds.ts";
import { readLanes, worstByLane } from "./lane-counts.ts";

const shares = share();

/** Events that one datacenter lost in one hour, or their share of produced, in the worst hour whose counts recently became final. */
export const lost: Metric = {
  of: "type",
  label: "Lost events",
  about: "Events of an hour that a datacenter produced and that were not delivered.",
  condition: (text, threshold) =>
    threshold?.unit === "events"
      ? `a datacenter lost ${text} or more of an hour`
      : `a datacenter lost more than ${text} of an hour’s events`,
  threshold: {
    must: 'must be a whole number of events from 1, or a share of the produced events below 1, like 0.001 or "0.1%"',
    read: (written) => readCount(written) ?? shares.read(written),
    units: [{ percent: "% of produced" }, { plain: "events" }],
    steps: { ...shares.steps, events: countSteps },
    noun: "event",
  },
  fires: "above",
  needs: "closed hours",
  cause: { code: "stage_loss", score: 0.3 },
  replay: { as: "news", of: "lossy", byThreshold: true, promise: "losses" },
  looks: { at: "closed hours", which: (type, { now }) => newsHours(type, now), unread: unknownCounts },
  read,
};

function read(type: TypeFacts, { now }: AlertFacts, terms: MetricTerms): Reading[] {
  const found = worstByLane(newsHours(type, now), terms, (lane) => ({ count: lane.lost, whole: lane.produced ?? 0 }));
  return readLanes(found, "lost", ({ hour, lane }) => {
    const produced = lane.produced ?? 0;
    return `${type.eventType}: ${lane.datacenter} lost ${formatCount(lane.lost)} of ${formatCount(produced)} events of hour ${formatHour(hour.hour)} (${formatShare(lane.lost, produced)}).`;
  });
}
