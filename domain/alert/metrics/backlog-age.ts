import { formatElapsed } from "../../duration.ts";
import { formatCount } from "../../figures.ts";
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
      const many = messages === null ? "events have" : `of ${formatCount(messages)} events the oldest has`;
      return `${type.eventType}: in ${lane.datacenter} ${many} waited ${formatElapsed(value)} to be ${stage}. What waits beyond the queue's retention is lost.`;
    },
  );

function oldest({ backlogs }: LaneNow): LaneNow["backlogs"][number] | undefined {
  return backlogs.reduce<LaneNow["backlogs"][number] | undefined>(
    (worst, each) => (worst && worst.oldestAgeSeconds >= each.oldestAgeSeconds ? worst : each),
    undefined,
  );
}
