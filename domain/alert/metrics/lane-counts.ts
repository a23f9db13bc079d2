import { isBeyondChance } from "../../chance.ts";
import type { Hour } from "../../hour.ts";
import type { HourLane, HourNow } from "../facts.ts";
import type { MetricTerms } from "../metric.ts";
import type { Reading, Trouble } from "../reading.ts";

export interface WorstLane {
  hour: HourNow;
  lane: HourLane;
  value: number;
}

export interface LaneFigure {
  count: number;
  /** The total that it is a share of. */
  whole: number;
}

/**
 * For each datacenter, the hour with the greatest count, or greatest share if the threshold is a share. Zero and unknown (null) figures
 * are left out, and so are shares above the threshold that chance explains: small counts vary a lot.
 */
export function worstByLane(
  hours: readonly HourNow[],
  { threshold }: Pick<MetricTerms, "threshold">,
  figure: (lane: HourLane) => LaneFigure | null,
): Map<string, { worst: WorstLane; hours: Hour[] }> {
  const found = new Map<string, { worst: WorstLane; hours: Hour[] }>();
  for (const hour of hours) {
    for (const lane of hour.lanes) {
      const counted = figure(lane);
      if (!counted || counted.count === 0) continue;
      const isShare = threshold?.unit === "share";
      const value = isShare ? (counted.whole === 0 ? 1 : counted.count / counted.whole) : counted.count;
      const isChance =
        isShare && value > threshold.value && !isBeyondChance(counted.count, counted.whole, threshold.value);
      if (isChance) continue;
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

/** One reading per datacenter. */
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
