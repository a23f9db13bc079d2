import { formatCount, formatCountOf, formatShare } from "../../figures.ts";
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
    const where = `${type.eventType}: ${lane.datacenter}`;
    if (produced === 0)
      return `${where} delivered ${formatCountOf(lane.duplicated, "event")} of hour ${formatHour(hour.hour)} and produced none.`;
    const share = formatShare(lane.duplicated, produced);
    return `${where} duplicated ${formatCount(lane.duplicated)} of ${formatCountOf(produced, "event")} of hour ${formatHour(hour.hour)} (${share}).`;
  });
};
