import type { Replay } from "../alert/metric.ts";
import { metrics, newsSeconds } from "../alert.ts";
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

const news = ({ of, byThreshold }: Extract<Replay, { as: "news" }>): ReplayPlan => ({
  needs: of,
  grows: false,
  byThreshold,
  readsLanes: true,
  window: ({ settledAt }) => settledAt && [settledAt.getTime(), settledAt.getTime() + newsSeconds * 1000],
  marks: () => [],
  trigger: null,
});

const counted: ReplayPlan = {
  needs: "all",
  grows: false,
  byThreshold: false,
  readsLanes: true,
  // Live counts of a running hour are not stored: an hour's count is known at its end.
  window: (hour, { windowSeconds }) => {
    const endMs = hourEnd(hour.hour).getTime();
    return [endMs, endMs + windowSeconds * 1000];
  },
  marks: (hour, spec) => [...(counted.window(hour, spec) ?? [])],
  trigger: ({ hour }, { counted: found }) =>
    found?.some(({ counts }) => counts.some((each) => each.hour.getTime() === hour.getTime())) ?? false,
};

const burning: ReplayPlan = {
  needs: "all",
  grows: false,
  byThreshold: true,
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

/** How the metric is replayed; a sentence if the data it reads is not stored. */
export function replayPlanOf(metric: AlertMetric): ReplayPlan | string {
  const { replay } = metrics[metric];
  if (replay.as === "nothing") return `This metric has no history to backtest: ${replay.why}.`;
  return replay.as === "news" ? news(replay) : { waiting, chance, counted, burning }[replay.as];
}

/** Its readings are what sources counted. */
export function readsCounts(metric: AlertMetric): boolean {
  return metrics[metric].replay.as === "counted";
}

/** Its readings are the forecasts of an hour: they are computed again for a backtest. */
export function readsForecasts(metric: AlertMetric): boolean {
  return metrics[metric].replay.as === "chance";
}

export function longestWindowMs({ windows, windowSeconds }: Pick<AlertRuleSpec, "windows" | "windowSeconds">): number {
  return Math.max(hourMs, windowSeconds * 1000, ...windows.map(({ longSeconds }) => longSeconds * 1000));
}

/** When it was known whether the hour was in time, and what it lost. */
function fatesMs({ closedAt, deadlineAt, settledAt }: PastHour): number[] {
  const timely = closedAt && closedAt <= deadlineAt ? closedAt : deadlineAt;
  return [timely.getTime(), ...(settledAt ? [settledAt.getTime()] : [])];
}
