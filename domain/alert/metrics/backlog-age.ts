import { formatElapsed } from "../../duration.ts";
import { formatCountOf } from "../../figures.ts";
import type { AlertFacts, LaneNow, TypeFacts } from "../facts.ts";
import type { Metric } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { duration } from "../threshold-kinds.ts";
import { readTimes } from "./lane-times.ts";

/** The age in seconds of the oldest waiting event, at the stage where it is greatest. Beyond the queue's retention it is lost. */
export const backlogAge: Metric = {
  of: "type",
  label: "Backlog age",
  about: "How long the oldest event has waited before a stage.",
  condition: (text) => `the oldest event waiting before a stage is more than ${text} old`,
  threshold: duration,
  fires: "above",
  needs: null,
  cause: { code: "backlog", score: 0.25 },
  replay: {
    as: "nothing",
    why: "only the last backlog gauge is stored. Backtest a closing_delay rule to see how backlogs affected hours",
  },
  looks: { at: "lanes", unread: ({ backlogs }) => (backlogs.length > 0 ? null : "no_backlog") },
  read,
};

function read(type: TypeFacts, facts: AlertFacts): Reading[] {
  return readTimes(
    type,
    facts,
    (lane) => oldest(lane)?.oldestAgeSeconds ?? null,
    (lane, value) => {
      const { stage = "delivered", messages = null } = oldest(lane) ?? {};
      const waiting = messages === null ? "" : ` (${formatCountOf(messages, "event")} waiting)`;
      return `${type.eventType}: the oldest event not ${stage} yet at ${lane.datacenter} is ${formatElapsed(value)} old${waiting}. Events older than the queue's retention are lost.`;
    },
  );
}

function oldest({ backlogs }: LaneNow): LaneNow["backlogs"][number] | undefined {
  return backlogs.reduce<LaneNow["backlogs"][number] | undefined>(
    (worst, each) => (worst && worst.oldestAgeSeconds >= each.oldestAgeSeconds ? worst : each),
    undefined,
  );
}
