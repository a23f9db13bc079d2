import { formatCount } from "../figures.ts";
import type { Cause } from "./cause.ts";
import { explainDuplicates, explainLosses } from "./gains-and-losses.ts";
import type { LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { instanceSigns } from "./instance-signs.ts";
import { laneCause } from "./lane-cause.ts";
import { sign } from "./score.ts";
import { explainSkew } from "./skew.ts";

/** What the hour lost, duplicated, misplaced or does not know. */
export function explainMiscounts(hour: TroubledHour): Cause[] {
  return [...explainLosses(hour), ...explainDuplicates(hour), ...explainSkew(hour), ...explainMissingCounts(hour)];
}

function explainMissingCounts(hour: TroubledHour): Cause[] {
  if (hour.state !== "unverified" && hour.state !== "verifying") return [];
  return hour.lanes
    .filter(({ known }) => !known)
    .map((lane) => {
      if (lane.reporters && lane.reporters.missing > 0) return reportersMissing(lane, lane.reporters, hour);
      const fact = `${lane.datacenter} closed the hour and reported no produced counts of any event type in it.`;
      return laneCause(lane, {
        code: "counts_missing",
        stage: "produced",
        since: lane.closedAt,
        signs: [sign({ fact, weight: 0.85, at: lane.closedAt })],
        sentence: `${lane.datacenter} reported no produced counts, so losses there are unknown. Check its reporters of produced events; a late report still settles the hour.`,
      });
    });
}

/** Some have reported, so it is not the datacenter: a host or its reporter died. */
function reportersMissing(
  lane: LaneToExplain,
  { expected, missing }: NonNullable<LaneToExplain["reporters"]>,
  hour: TroubledHour,
): Cause {
  const { datacenter } = lane;
  const of = `${formatCount(missing)} of ${formatCount(expected)} expected reporters`;
  const { signs, component, instance } = instanceSigns(lane, "produced", hour);
  const fact = `${of} at ${datacenter} have not reported produced counts for the hour.`;
  const who = instance ? ` ${instance} was down or restarted around then.` : "";
  return laneCause(lane, {
    code: "reporters_missing",
    stage: "produced",
    since: hour.hour,
    signs: [sign({ fact, weight: 0.85, at: hour.hour }), ...signs],
    component,
    instance,
    sentence: `${datacenter} is missing produced counts from ${of}, so losses there are unknown.${who} Check those hosts and their reporters; a late report still settles the hour.`,
  });
}
