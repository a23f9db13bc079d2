import { formatElapsed } from "../../duration.ts";
import { formatCountOf } from "../../figures.ts";
import type { LaneNow } from "../facts.ts";
import type { TypeMetric } from "../reading.ts";
import { readTimes } from "./lane-times.ts";

/** The age in seconds of the oldest waiting event, at the stage where it is greatest. Beyond the queue's retention it is lost. */
export const backlogAge: TypeMetric = (type, facts) =>
  readTimes(
    type,
    facts,
    (lane) => oldest(lane)?.oldestAgeSeconds ?? null,
    (lane, value) => {
      const { stage = "delivered", messages = null } = oldest(lane) ?? {};
      const waiting = messages === null ? "" : ` (${formatCountOf(messages, "event")} waiting)`;
      return `${type.eventType}: the oldest event not ${stage} yet at ${lane.datacenter} is ${formatElapsed(value)} old${waiting}. Events older than the queue's retention are lost.`;
    },
  );

function oldest({ backlogs }: LaneNow): LaneNow["backlogs"][number] | undefined {
  return backlogs.reduce<LaneNow["backlogs"][number] | undefined>(
    (worst, each) => (worst && worst.oldestAgeSeconds >= each.oldestAgeSeconds ? worst : each),
    undefined,
  );
}
