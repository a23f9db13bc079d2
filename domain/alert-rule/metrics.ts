import { readShare } from "../catalogue/read-fields.ts";
import { formatDuration, parseDuration } from "../duration.ts";

export const severities = ["page", "ticket", "info"] as const;
export type Severity = (typeof severities)[number];

/**
 * seconds: a duration. deadlineShare: a share of the type's deadline (0.8). share: 0 to 1. events: a count, also of reporters. ratio: a
 * multiple.
 */
export type ThresholdUnit = "seconds" | "deadlineShare" | "share" | "events" | "ratio";

export interface Threshold {
  readonly unit: ThresholdUnit;
  readonly value: number;
}

export type Comparison = "above" | "below";

interface MetricRule {
  /** Completes "threshold …". */
  readonly must: string;
  read(value: unknown): Threshold | null;
}

const seconds: MetricRule = {
  must: "must be a duration above 0, like 30m",
  read: (value) => inSeconds(value),
};
const share: MetricRule = {
  must: 'must be a share above 0 and up to 1, like 0.5, or a percentage like "50%"',
  read: (value) => of("share", readShare(value) || null),
};

/** How each metric's threshold is written. `burn_rate` has factors in `windows` instead of a threshold. */
const rules = {
  /** The closing delay of a closed hour, or the time an open hour has waited so far. */
  closing_delay: {
    must: 'must be a duration like 90m, or a share of the deadline like 0.8 or "80%"; above 1 is after the deadline',
    read: (value) => inSeconds(value) ?? of("deadlineShare", readShareOfDeadline(value)),
  },
  breach_probability: share,
  completeness: share,
  lost: {
    must: 'must be a whole number of events from 1, or a share of the produced events below 1, like 0.001 or "0.1%"',
    read: (value) =>
      Number.isSafeInteger(value) && (value as number) >= 1 ? of("events", value as number) : share.read(value),
  },
  duplicate_ratio: share,
  skew_ratio: share,
  reporters_missing: {
    must: "must be a whole number of reporters from 1",
    read: (value) => of("events", Number.isSafeInteger(value) && (value as number) >= 1 ? (value as number) : null),
  },
  watermark_lag: seconds,
  watermark_stalled: seconds,
  datacenter_silence: seconds,
  volume_ratio: {
    must: "must be a multiple of the expected volume other than 1, like 0.5 (fires below) or 2 (fires above)",
    read: (value) =>
      of(
        "ratio",
        ratioOf(value, (found) => found !== 1),
      ),
  },
  backlog_age: seconds,
  burn_rate: { must: "must be left out: a burn rate's factors are in its windows", read: () => null },
  deployment_regression: {
    must: "must be a factor above 1, like 1.5: how far behind compared with before the deployment",
    read: (value) =>
      of(
        "ratio",
        ratioOf(value, (found) => found > 1),
      ),
  },
  telemetry_blind: seconds,
} as const satisfies Record<string, MetricRule>;

export type AlertMetric = keyof typeof rules;
export const alertMetrics = Object.keys(rules) as AlertMetric[];

export function thresholdRule(metric: AlertMetric): MetricRule {
  return rules[metric];
}

/** The bad side of each metric's threshold: below for completeness, away from 1 for a volume, above for all others. */
export function comparisonOf(metric: AlertMetric, threshold: Threshold | null): Comparison {
  if (metric === "completeness") return "below";
  return metric === "volume_ratio" && threshold !== null && threshold.value < 1 ? "below" : "above";
}

/** As written in a file: `90m`, `80%`, `12`. */
export function formatThreshold({ unit, value }: Threshold): string {
  if (unit === "seconds") return formatDuration(value);
  // A share has at most twelve decimals; rounding to them hides that 0.07 × 100 is 7.000000000000001.
  if (unit === "share" || unit === "deadlineShare") return `${Number((value * 100).toPrecision(12))}%`;
  return String(value);
}

function of(unit: ThresholdUnit, value: number | null): Threshold | null {
  return value === null ? null : { unit, value };
}

function inSeconds(value: unknown): Threshold | null {
  return of("seconds", (typeof value === "string" && parseDuration(value)) || null);
}

function readShareOfDeadline(value: unknown): number | null {
  const percent = typeof value === "string" ? /^(\d{1,4}(?:\.\d{1,12})?) ?%$/.exec(value)?.[1] : undefined;
  return ratioOf(percent === undefined ? value : Number(`${percent}e-2`), () => true);
}

function ratioOf(value: unknown, accept: (found: number) => boolean): number | null {
  return typeof value === "number" && value > 0 && value <= 1_000 && accept(value) ? value : null;
}
