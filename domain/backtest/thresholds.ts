import type { Threshold, ThresholdUnit } from "../alert/threshold-kinds.ts";
import { type AlertRuleSpec, formatThreshold } from "../alert-rule.ts";
import { readsForecasts } from "./replay-plan.ts";

export interface Candidate {
  /** As written in a rule. */
  name: string;
  value: number;
  isCurrent: boolean;
  /** The rule with this threshold instead of its own. */
  spec: AlertRuleSpec;
}

const minutes = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1080, 1440, 2160, 2880, 4320, 5760];
const decades = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1].flatMap((each) => [each, 2 * each, 5 * each]);
const chances = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

const ladders: Record<ThresholdUnit, readonly number[]> = {
  seconds: minutes.map((each) => each * 60),
  deadlineShare: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 2],
  share: decades,
  events: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000],
  ratio: [],
};
const factors = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];
/** The range around its own threshold in which a rule is compared. */
const reach: Record<ThresholdUnit, number> = { seconds: 3, deadlineShare: 2, share: 50, events: 50, ratio: 1 };

/** The thresholds that a rule is compared at, including its own, ascending. */
export function candidatesOf(spec: AlertRuleSpec): Candidate[] {
  const { threshold } = spec;
  if (threshold === null) {
    return factors.map((value) => {
      const windows = spec.windows.map((window) => ({ ...window, factor: window.factor * value }));
      return { name: `${value}×`, value, isCurrent: value === 1, spec: { ...spec, windows } };
    });
  }
  const own = threshold.value;
  const all = [...ladderOf(spec, threshold).filter((value) => value !== own), own].sort((a, b) => a - b);
  return all.map((value) => {
    const moved: Threshold = { ...threshold, value };
    return {
      name: formatThreshold(moved),
      value,
      isCurrent: value === own,
      spec: { ...spec, threshold: moved },
    };
  });
}

function ladderOf({ metric, fires }: AlertRuleSpec, { unit, value }: Threshold): readonly number[] {
  if (readsForecasts(metric)) return chances;
  if (unit === "share" && fires === "below") {
    const lost = 1 - value;
    return decades.filter((each) => isNear(each, lost, reach.share)).map((each) => Number((1 - each).toPrecision(12)));
  }
  return ladders[unit].filter((each) => isNear(each, value, reach[unit]));
}

function isNear(each: number, value: number, times: number): boolean {
  return each >= value / times && each <= value * times;
}
