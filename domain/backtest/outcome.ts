import type { HourPromise } from "../alert/metric.ts";
import { metrics } from "../alert.ts";
import type { AlertMetric, AlertRuleSpec } from "../alert-rule.ts";
import type { PastHour, PastType } from "./history.ts";

/** Whether an hour broke the promise that a rule watches; undecided until that is known. */
export type Outcome = "breach" | "kept" | "undecided";

type Judge = (hour: PastHour, type: PastType, spec: AlertRuleSpec, until: Date) => Outcome;

const timeliness: Judge = (hour, _type, { scope }, until) => {
  if (!hour.closedAt && until <= hour.deadlineAt) return "undecided";
  if (!isLate(hour)) return "kept";
  const { datacenter } = scope;
  if (datacenter === null) return "breach";
  return hour.lanes.some((lane) => datacenter.includes(lane.datacenter) && isLate({ ...hour, ...lane }))
    ? "breach"
    : "kept";
};

const counts =
  (share: (type: PastType) => number, figure: "lost" | "duplicated"): Judge =>
  (hour, type, { scope }, until) => {
    if (!hour.known || !hour.settledAt || hour.settledAt > until) return "undecided";
    const { datacenter } = scope;
    const judged = datacenter === null ? [hour] : hour.lanes.filter((lane) => datacenter.includes(lane.datacenter));
    return judged.some((each) => each[figure] > share(type) * (each.produced ?? 0)) ? "breach" : "kept";
  };

const losses = counts(({ maxLost }) => maxLost, "lost");

const judges: Readonly<Record<HourPromise, Judge>> = {
  deadline: timeliness,
  losses,
  duplicates: counts(({ maxDuplicated }) => maxDuplicated, "duplicated"),
  objectives: (hour, type, spec, until) => {
    const found = [
      type.objectives.timeliness === null ? "kept" : timeliness(hour, type, spec, until),
      type.objectives.completeness === null ? "kept" : losses(hour, type, spec, until),
    ];
    if (found.includes("breach")) return "breach";
    return found.includes("undecided") ? "undecided" : "kept";
  },
};

/** Without a promise, nothing can be caught or missed. */
export function hasPromise(metric: AlertMetric): boolean {
  return promiseOf(metric) !== null;
}

export function outcomeOf(hour: PastHour, type: PastType, spec: AlertRuleSpec, until: Date): Outcome {
  const promise = promiseOf(spec.metric);
  return promise ? judges[promise](hour, type, spec, until) : "undecided";
}

function promiseOf(metric: AlertMetric): HourPromise | null {
  const { replay } = metrics[metric];
  return "promise" in replay ? replay.promise : null;
}

export function isLate({ closedAt, deadlineAt }: Pick<PastHour, "closedAt" | "deadlineAt">): boolean {
  return !closedAt || closedAt > deadlineAt;
}
