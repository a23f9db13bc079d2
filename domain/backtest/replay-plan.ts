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
    "watermarks between hours are not stored, only when each passed an hour's end. Backtest a closing_delay rule with the same threshold instead",
  ),
  watermark_stalled: notKept(
    "the times of watermark movements are not stored, only when each passed an hour's end. Backtest a closing_delay rule instead",
  ),
  datacenter_silence: notKept(
    "only the time of a datacenter's last message is stored. Backtest a closing_delay rule with scope.datacenter to see how its silences affected hours",
  ),
  volume_ratio: notKept(
    "the volume expected at the time is not stored. The event type's page compares its volume with the usual",
  ),
  backlog_age: notKept(
    "only the last backlog gauge is stored. Backtest a closing_delay rule to see how backlogs affected hours",
  ),
  deployment_regression: notKept(
    "watermark lags after past deployments are not stored. The deployments page shows each deployment's effect on closing delays",
  ),
  reporters_missing: notKept(
    "which reporters were missing at the time is not stored. The hour's page names those still missing",
  ),
  telemetry_blind: notKept("times without any ingest are not stored"),
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
  return `This metric has no history to backtest: ${why}.`;
}
