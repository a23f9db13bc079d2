import type { Comparison, Metric } from "./metric.ts";
import { backlogAge } from "./metrics/backlog-age.ts";
import { backlogRetention } from "./metrics/backlog-retention.ts";
import { breachProbability } from "./metrics/breach-probability.ts";
import { burnRate } from "./metrics/burn-rate.ts";
import { closingDelay } from "./metrics/closing-delay.ts";
import { completeness } from "./metrics/completeness.ts";
import { datacenterSilence } from "./metrics/datacenter-silence.ts";
import { deploymentRegression } from "./metrics/deployment-regression.ts";
import { duplicateRatio } from "./metrics/duplicate-ratio.ts";
import { lost } from "./metrics/lost.ts";
import { reportersMissing } from "./metrics/reporters-missing.ts";
import { skewRatio } from "./metrics/skew-ratio.ts";
import { deadLetters, expiredDeadlines, lateMessages } from "./metrics/source-counts.ts";
import { telemetryBlind } from "./metrics/telemetry-blind.ts";
import { volumeRatio } from "./metrics/volume-ratio.ts";
import { watermarkLag } from "./metrics/watermark-lag.ts";
import { watermarkStalled } from "./metrics/watermark-stalled.ts";
import type { Threshold } from "./threshold-kinds.ts";

const byName = {
  closing_delay: closingDelay,
  breach_probability: breachProbability,
  completeness,
  lost,
  duplicate_ratio: duplicateRatio,
  skew_ratio: skewRatio,
  reporters_missing: reportersMissing,
  watermark_lag: watermarkLag,
  watermark_stalled: watermarkStalled,
  datacenter_silence: datacenterSilence,
  volume_ratio: volumeRatio,
  backlog_age: backlogAge,
  backlog_retention: backlogRetention,
  dead_letters: deadLetters,
  expired_deadlines: expiredDeadlines,
  late_messages: lateMessages,
  burn_rate: burnRate,
  deployment_regression: deploymentRegression,
  telemetry_blind: telemetryBlind,
};

export type AlertMetric = keyof typeof byName;
export const alertMetrics = Object.keys(byName) as AlertMetric[];

export const metrics: Readonly<Record<AlertMetric, Metric>> = byName;

export function comparisonOf({ fires }: Metric, threshold: Threshold | null): Comparison {
  if (fires !== "awayFrom1") return fires;
  return threshold !== null && threshold.value < 1 ? "below" : "above";
}
