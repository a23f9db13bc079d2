import { newsSeconds } from "../alert.ts";
import type { AlertMetric, AlertRuleSpec } from "../alert-rule.ts";
import { hourEnd } from "../hour.ts";
import type { PastHour, PastType } from "./history.ts";
import { isLate } from "./outcome.ts";

/** Which past hours could make a rule hold. */
export type HoursNeeded = "slow" | "lossy" | "duplicated" | "skewed" | "all";

/** When a rule can see an hour, and when its reading may change other than by time passing. */
export interface ReplayPlan {
  needs: HoursNeeded;
  /** Its value grows with time between two marks; otherwise it is constant. */
  grows: boolean;
  /** Readings depend on the threshold: chance may explain a count under one threshold and not under another. */
  byThreshold: boolean;
  /** Reads the lanes of an hour, not the hour as a whole. */
  readsLanes: boolean;
  /** When it can see the hour: from, and to (excluded), in ms; null: never. */
  window(hour: PastHour, spec: AlertRuleSpec): readonly [number, number] | null;
  marks(hour: PastHour, spec: AlertRuleSpec): readonly number[];
  /** It can hold only within its longest window after such an hour; null: any hour may make it hold. */
  trigger: ((hour: PastHour, type: PastType) => boolean) | null;
}

const hourMs = 3_600_000;

const waiting: ReplayPlan = {
  needs: "slow",
  grows: true,
  byThreshold: false,
  readsLanes: false,
  window: (hour, { horizonSeconds }) => {
    const endMs = hourEnd(hour.hour).getTime();
    return [endMs, Math.min(hour.closedAt?.getTime() ?? Number.POSITIVE_INFINITY, endMs + horizonSeconds * 1000 + 1)];
  },
  // The datacenters that hold it up change whenever one closes it: that matters where the rule is limited to some of
  // them.
  marks: (hour, { scope }) =>
    scope.datacenter === null ? [] : hour.lanes.flatMap(({ closedAt }) => closedAt?.getTime() ?? []),
  trigger: null,
};

const chance: ReplayPlan = {
  ...waiting,
  needs: "all",
  grows: false,
  marks: (hour, spec) => [
    ...waiting.marks(hour, spec),
    ...hour.chances.map(({ atMs }) => atMs),
    hour.deadlineAt.getTime() + 1,
  ],
};

const news = (needs: HoursNeeded, byThreshold: boolean): ReplayPlan => ({
  needs,
  grows: false,
  byThreshold,
  readsLanes: true,
  window: ({ settledAt }) => settledAt && [settledAt.getTime(), settledAt.getTime() + newsSeconds * 1000],
  marks: () => [],
  trigger: null,
});

const burning: ReplayPlan = {
  needs: "all",
  grows: false,
  byThreshold: false,
  readsLanes: false,
  window: (hour, spec) => [hourEnd(hour.hour).getTime(), Math.max(...fatesMs(hour)) + longestWindowMs(spec)],
  marks: (hour, { windows }) =>
    fatesMs(hour).flatMap((atMs) => [
      atMs,
      ...windows.flatMap(({ longSeconds, shortSeconds }) => [
        atMs + longSeconds * 1000,
        atMs + Math.max(shortSeconds * 1000, hourMs),
      ]),
    ]),
  trigger: (hour, type) =>
    (type.objectives.timeliness !== null && isLate(hour)) || (type.objectives.completeness !== null && hour.lost > 0),
};

/** How each metric is replayed; a sentence if the data it reads is not stored. */
export const replayPlans: Readonly<Record<AlertMetric, ReplayPlan | string>> = {
  closing_delay: waiting,
  breach_probability: chance,
  completeness: news("lossy", false),
  lost: news("lossy", true),
  duplicate_ratio: news("duplicated", true),
  skew_ratio: news("skewed", true),
  burn_rate: burning,
  watermark_lag: notKept(
    "where a watermark stood between two hours is not kept, only when it passed each hour's end. A closing_delay rule of the same threshold can be run over history",
  ),
  watermark_stalled: notKept(
    "when a watermark last moved is not kept, only when it passed each hour's end. A closing_delay rule can be run over history",
  ),
  datacenter_silence: notKept(
    "when a datacenter was heard is kept of the last message alone. A closing_delay rule with scope.datacenter shows what its silences did to hours",
  ),
  volume_ratio: notKept(
    "what was expected of a past hour depends on what had been learned by then, and is not kept. The event type's page shows its volume against what is usual",
  ),
  backlog_age: notKept(
    "a queue's age is kept of the last gauge alone. A closing_delay rule shows what its backlogs did to hours",
  ),
  deployment_regression: notKept(
    "how far watermarks were behind after a deployment is not kept. The deployments page shows what each did to closing delays",
  ),
  reporters_missing: notKept(
    "who was missing before an hour was known is not kept. The hour's page names who is missing still",
  ),
  telemetry_blind: notKept("when Tidemark itself heard nothing is not kept"),
};

export function longestWindowMs({ windows }: Pick<AlertRuleSpec, "windows">): number {
  return Math.max(hourMs, ...windows.map(({ longSeconds }) => longSeconds * 1000));
}

/** When it was known whether the hour was in time, and what it lost. */
function fatesMs({ closedAt, deadlineAt, settledAt }: PastHour): number[] {
  const timely = closedAt && closedAt <= deadlineAt ? closedAt : deadlineAt;
  return [timely.getTime(), ...(settledAt ? [settledAt.getTime()] : [])];
}

function notKept(why: string): string {
  return `History cannot answer: ${why}.`;
}
