import type { Cause } from "./cause.ts";
import { explainDuplicates, explainLosses } from "./gains-and-losses.ts";
import type { TroubledHour } from "./hour-facts.ts";
import { laneCause } from "./lane-cause.ts";
import { sign } from "./score.ts";
import { explainSkew } from "./skew.ts";

/** What is missing, too many, misplaced or unknown of the hour. */
export function explainMiscounts(hour: TroubledHour): Cause[] {
  return [...explainLosses(hour), ...explainDuplicates(hour), ...explainSkew(hour), ...explainMissingCounts(hour)];
}

function explainMissingCounts(hour: TroubledHour): Cause[] {
  if (hour.state !== "unverified" && hour.state !== "verifying") return [];
  return hour.lanes
    .filter(({ known }) => !known)
    .map((lane) => {
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
