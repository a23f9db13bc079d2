import { formatElapsed } from "../../duration.ts";
import { formatShare } from "../../figures.ts";
import type { AlertFacts, LaneNow, TypeFacts } from "../facts.ts";
import type { Metric } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { share } from "../threshold-kinds.ts";
import { readTimes } from "./lane-times.ts";

/** The age of the oldest waiting event as a share of what its queue keeps; 1: it is deleted, and lost. */
export const backlogRetention: Metric = {
  of: "type",
  label: "Backlog age by retention",
  about: "How much of the queue's retention the oldest waiting event has used up. Beyond it, events are lost.",
  condition: (text) => `the oldest waiting event has used up more than ${text} of its queue's retention`,
  threshold: share(["10%", "20%", "30%", "40%", "50%", "60%", "70%", "80%", "90%"]),
  fires: "above",
  needs: null,
  runbook: "backlog-age",
  cause: { code: "backlog", score: 0.3 },
  replay: {
    as: "nothing",
    why: "only the last backlog gauge is stored. Backtest a closing_delay rule to see how backlogs affected hours",
  },
  looks: {
    at: "lanes",
    unread: (lane) => (nearest(lane) ? null : lane.backlogs.length > 0 ? "no_retention" : "no_backlog"),
  },
  read,
};

function read(type: TypeFacts, facts: AlertFacts): Reading[] {
  const readings = readTimes(
    type,
    facts,
    (lane) => nearest(lane)?.oldestAgeSeconds ?? null,
    () => "",
  );
  return readings.flatMap((reading) => {
    const lane = type.lanes.find(({ datacenter }) => datacenter === reading.datacenter);
    const gauge = lane && nearest(lane);
    if (!gauge) return [];
    const { oldestAgeSeconds, retentionSeconds, stage } = gauge;
    const sentence = () =>
      `${type.eventType}: the oldest event not ${stage} yet at ${reading.datacenter} is ${formatElapsed(oldestAgeSeconds)} old, ${formatShare(Math.round(oldestAgeSeconds), retentionSeconds)} of its queue's retention of ${formatElapsed(retentionSeconds)}. Then it is lost.`;
    return { ...reading, value: oldestAgeSeconds / retentionSeconds, sentence };
  });
}

type Kept = LaneNow["backlogs"][number] & { retentionSeconds: number };

/** The gauge that is nearest to its retention; undefined: none says how long its queue keeps events. */
function nearest({ backlogs }: LaneNow): Kept | undefined {
  const kept = backlogs.filter((gauge): gauge is Kept => typeof gauge.retentionSeconds === "number");
  return kept.toSorted((a, b) => b.oldestAgeSeconds / b.retentionSeconds - a.oldestAgeSeconds / a.retentionSeconds)[0];
}
