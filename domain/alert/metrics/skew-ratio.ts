import { formatCount, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import { newsHours } from "../news-hours.ts";
import type { TypeMetric } from "../reading.ts";
import { readLanes, worstByLane } from "./lane-counts.ts";

/** Skewed ÷ delivered of one datacenter, in the worst hour whose counts recently became final. */
export const skewRatio: TypeMetric = (type, { now }, terms) => {
  const found = worstByLane(newsHours(type, now), terms, ({ skewed, delivered }) =>
    skewed === null ? null : { count: skewed, whole: delivered },
  );
  return readLanes(
    found,
    "skewed",
    ({ hour, lane }) =>
      `${type.eventType}: ${formatCount(lane.skewed ?? 0)} of ${formatCount(lane.delivered)} events of hour ${formatHour(hour.hour)} from ${lane.datacenter} landed in other hours (${formatShare(lane.skewed ?? 0, lane.delivered)}).`,
  );
};
