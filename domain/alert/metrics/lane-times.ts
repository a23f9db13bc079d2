import { type Hour, hourEnd } from "../../hour.ts";
import type { AlertFacts, LaneNow, TypeFacts } from "../facts.ts";
import { unclosedHours } from "../held-up.ts";
import { knownUntil } from "../known-until.ts";
import type { Reading } from "../reading.ts";

/** One reading for each datacenter whose figure is above zero. */
export function readTimes(
  type: TypeFacts,
  facts: AlertFacts,
  figure: (lane: LaneNow, type: TypeFacts, at: Date) => number | null,
  sentence: (lane: LaneNow, value: number) => string,
): Reading[] {
  const at = knownUntil(facts);
  if (!at) return [];
  return type.lanes.flatMap((lane) => {
    const value = figure(lane, type, at);
    if (!value) return [];
    return {
      datacenter: lane.datacenter,
      value,
      hours: hoursHeldUp(type, lane),
      culprits: [{ trouble: "late" as const, datacenter: lane.datacenter }],
      since: new Date(at.getTime() - value * 1000),
      sentence: () => sentence(lane, value),
    };
  });
}

/** The ended hours that the lane has not closed. */
function hoursHeldUp(type: TypeFacts, { datacenter, watermark }: LaneNow): Hour[] {
  return unclosedHours(type)
    .filter(({ hour, lanes }) => {
      const lane = lanes.find((each) => each.datacenter === datacenter);
      return lane ? lane.closedAt === null : !watermark || watermark < hourEnd(hour);
    })
    .map(({ hour }) => hour);
}
