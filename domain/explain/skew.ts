import { formatCount, formatShare } from "../figures.ts";
import { hourEnd } from "../hour.ts";
import { explainsMost, totalCounted } from "../source/lane-count.ts";
import type { Cause } from "./cause.ts";
import { blameWithin } from "./deployments.ts";
import { countedSigns } from "./gains-and-losses.ts";
import type { LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { laneCause } from "./lane-cause.ts";
import { sign } from "./score.ts";
import { addSeconds } from "./words.ts";

/** Fewer do not make a pattern. */
const fewest = 20;
const unusualShare = 0.001;
const timesUsual = 5;

/** Events in other hours' buckets, where there are many more than usual. In an hour that is also late they may be a consequence. */
export function explainSkew(hour: TroubledHour): Cause[] {
  const relevance = hour.state === "complete" ? 1 : 0.6;
  return hour.lanes.filter(isUnusual).flatMap((lane) => {
    const delivered = lane.counts.delivered ?? 0;
    const usual = lane.usualSkewedShare === null ? "" : `, usually ${formatShare(lane.usualSkewedShare, 1)}`;
    const fact = `${formatCount(lane.skewed)} of ${formatCount(delivered)} events (${formatShare(lane.skewed, delivered)}) of ${lane.datacenter} landed in other hours' partitions${usual}.`;
    const counted = totalCounted(lane.counted, "late_messages");
    const late = counted && explainsMost(counted, lane.skewed) ? `: ${counted.text}` : "";
    const mechanism = laneCause(lane, {
      code: "skewed_delivery",
      stage: "delivered",
      since: hour.hour,
      signs: [
        sign({ fact, weight: 0.75, at: hour.hour, figure: lane.skewed, unit: "events" }),
        ...countedSigns(lane, counted, lane.skewed),
      ],
      sentence: `${lane.datacenter} delivered events into other hours' partitions${late}. Check its hosts' clocks, and whether its export partitions events by arrival time.`,
      relevance,
    });
    const window = { fromAt: addSeconds(hour.hour, -900), toAt: hourEnd(hour.hour), beganAt: null };
    return [mechanism, ...blameWithin(window, mechanism, lane, hour)];
  });
}

function isUnusual({ skewed, counts, usualSkewedShare }: LaneToExplain): boolean {
  const share = skewed / Math.max(1, counts.delivered ?? 0);
  return skewed >= fewest && share > Math.max(unusualShare, timesUsual * (usualSkewedShare ?? 0));
}
