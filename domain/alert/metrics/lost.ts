import { formatCount, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import { newsHours } from "../news-hours.ts";
import type { TypeMetric } from "../reading.ts";
import { readLanes, worstByLane } from "./lane-counts.ts";

/** Events that one datacenter lost in one hour, or their share of produced, in the worst hour whose counts recently became final. */
export const lost: TypeMetric = (type, { now }, terms) => {
  const found = worstByLane(newsHours(type, now), terms, (lane) => ({ count: lane.lost, whole: lane.produced ?? 0 }));
  return readLanes(found, "lost", ({ hour, lane }) => {
    const produced = lane.produced ?? 0;
    return `${type.eventType}: ${lane.datacenter} lost ${formatCount(lane.lost)} of ${formatCount(produced)} events of hour ${formatHour(hour.hour)} (${formatShare(lane.lost, produced)}).`;
  });
};
