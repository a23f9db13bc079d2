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
      const fact = `${lane.datacenter} closed the hour and never said what it produced of any type in it.`;
      return laneCause(lane, {
        code: "counts_missing",
        stage: "produced",
        since: lane.closedAt,
        signs: [sign({ fact, weight: 0.85, at: lane.closedAt })],
        sentence: `${lane.datacenter} has not reported what it produced, so what was lost there is unknown. Check what counts produced events there; a late report still settles the hour.`,
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
  const fact = `${datacenter} has no produced counts of the hour from ${of}.`;
  const who = instance ? ` ${instance} was down or restarted around then.` : "";
  return laneCause(lane, {
    code: "reporters_missing",
    stage: "produced",
    since: hour.hour,
    signs: [sign({ fact, weight: 0.85, at: hour.hour }), ...signs],
    component,
    instance,
    sentence: `${datacenter} is missing produced counts from ${of}, so what was lost there is unknown.${who} Check those hosts and their reporters; a late report still settles the hour.`,
  });
}
