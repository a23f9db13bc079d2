import type { AlertMetric } from "../alert-rule.ts";
import { backlogAge } from "./metrics/backlog-age.ts";
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
import { telemetryBlind } from "./metrics/telemetry-blind.ts";
import { volumeRatio } from "./metrics/volume-ratio.ts";
import { watermarkLag } from "./metrics/watermark-lag.ts";
import { watermarkStalled } from "./metrics/watermark-stalled.ts";
import type { FleetMetric, TypeMetric } from "./reading.ts";

type Metric =
  | { of: "type"; read: TypeMetric; needsHistory: boolean }
  | { of: "datacenter" | "tidemark"; read: FleetMetric; needsHistory: false };

/** Every metric: the kind of subject it reads, and whether it needs closed hours. */
export const metrics: Readonly<Record<AlertMetric, Metric>> = {
  closing_delay: { of: "type", read: closingDelay, needsHistory: false },
  breach_probability: { of: "type", read: breachProbability, needsHistory: false },
  completeness: { of: "type", read: completeness, needsHistory: true },
  lost: { of: "type", read: lost, needsHistory: true },
  duplicate_ratio: { of: "type", read: duplicateRatio, needsHistory: true },
  skew_ratio: { of: "type", read: skewRatio, needsHistory: true },
  reporters_missing: { of: "type", read: reportersMissing, needsHistory: true },
  watermark_lag: { of: "type", read: watermarkLag, needsHistory: false },
  watermark_stalled: { of: "type", read: watermarkStalled, needsHistory: false },
  datacenter_silence: { of: "datacenter", read: datacenterSilence, needsHistory: false },
  volume_ratio: { of: "type", read: volumeRatio, needsHistory: false },
  backlog_age: { of: "type", read: backlogAge, needsHistory: false },
  burn_rate: { of: "type", read: burnRate, needsHistory: true },
  deployment_regression: { of: "datacenter", read: deploymentRegression, needsHistory: false },
  telemetry_blind: { of: "tidemark", read: telemetryBlind, needsHistory: false },
};
