import type { Hour } from "../../hour.ts";
import type { HourLane, HourNow, TypeFacts } from "../facts.ts";
import { newsHours } from "../news-hours.ts";
import type { Reading, Trouble } from "../reading.ts";

export interface WorstLane {
  hour: HourNow;
  lane: HourLane;
  value: number;
}

/** Of each datacenter, the hour among the news that shows a figure most; figures of 0 and unknown ones (null) are left out. */
export function worstByLane(
  type: TypeFacts,
  now: Date,
  figure: (lane: HourLane) => number | null,
): Map<string, { worst: WorstLane; hours: Hour[] }> {
  const found = new Map<string, { worst: WorstLane; hours: Hour[] }>();
  for (const hour of newsHours(type, now)) {
    for (const lane of hour.lanes) {
      const value = figure(lane);
      if (!value) continue;
      const before = found.get(lane.datacenter);
      if (!before) found.set(lane.datacenter, { worst: { hour, lane, value }, hours: [hour.hour] });
      else {
        before.hours.push(hour.hour);
        if (value > before.worst.value) before.worst = { hour, lane, value };
      }
    }
  }
  return found;
}

/** One reading a datacenter. */
export function readLanes(
  found: ReturnType<typeof worstByLane>,
  trouble: Trouble,
  sentence: (worst: WorstLane) => string,
): Reading[] {
  return [...found].map(([datacenter, { worst, hours }]) => ({
    datacenter,
    value: worst.value,
    hours,
    culprits: [{ trouble, datacenter }],
    since: hours[0] ?? null,
    sentence: () => sentence(worst),
  }));
}
