import { formatCount, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import { newsHours } from "../news-hours.ts";
import type { TypeMetric } from "../reading.ts";
import { readLanes, worstByLane } from "./lane-counts.ts";

/** Duplicated ÷ produced of one datacenter, in the worst hour whose counts recently became final; 1 if nothing was produced. */
export const duplicateRatio: TypeMetric = (type, { now }, terms) => {
  const found = worstByLane(newsHours(type, now), terms, ({ duplicated, produced }) =>
    produced === null ? null : { count: duplicated, whole: produced },
  );
  return readLanes(found, "duplicated", ({ hour, lane }) => {
    const produced = lane.produced ?? 0;
    const share = produced > 0 ? ` (${formatShare(lane.duplicated, produced)})` : "";
    return `${type.eventType}: ${lane.datacenter} delivered ${formatCount(lane.duplicated)} more events of hour ${formatHour(hour.hour)} than the ${formatCount(produced)} that it produced${share}.`;
  });
};
