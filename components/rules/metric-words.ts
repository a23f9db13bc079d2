import { durationUnits, percent, plain, type Unit } from "#components/forms/amount.ts";
import type { AlertMetric } from "#domain/alert-rule.ts";

interface MetricWords {
  label: string;
  /** What the figure is, and of what. */
  about: string;
  /** Empty: its threshold stands in its windows. */
  units: readonly Unit[];
}

const share = [percent("%")];

/** The figures that a rule can look at. */
export const metricWords: Readonly<Record<AlertMetric, MetricWords>> = {
  breach_probability: {
    label: "Chance of a missed deadline",
    about: "The highest chance, by the forecast, that an ended hour of a type misses its deadline.",
    units: share,
  },
  closing_delay: {
    label: "Closing delay",
    about: "How long the oldest ended hour of a type has not been closed.",
    units: [percent("% of deadline"), ...durationUnits],
  },
  completeness: {
    label: "Completeness",
    about: "The share of produced events that were delivered, in a type’s worst recent hour.",
    units: share,
  },
  lost: {
    label: "Lost events",
    about: "Events of an hour that a datacenter produced and that were not delivered.",
    units: [percent("% of produced"), plain("events")],
  },
  duplicate_ratio: {
    label: "Duplicated events",
    about: "The share of an hour’s events that a datacenter delivered more than once.",
    units: share,
  },
  skew_ratio: {
    label: "Skewed events",
    about: "The share of an hour’s delivered events that landed in other hours’ partitions.",
    units: share,
  },
  reporters_missing: {
    label: "Missing reporters",
    about: "Expected reporters of a datacenter that have not reported what they produced.",
    units: [plain("reporters")],
  },
  watermark_lag: {
    label: "Watermark lag",
    about: "How far a type’s watermark at a datacenter is behind the present.",
    units: durationUnits,
  },
  watermark_stalled: {
    label: "Watermark stalled",
    about: "How long a type’s watermark at a datacenter has not moved.",
    units: durationUnits,
  },
  datacenter_silence: {
    label: "Datacenter silence",
    about: "How long a datacenter has sent nothing while others have.",
    units: durationUnits,
  },
  volume_ratio: {
    label: "Volume",
    about: "Produced events of the last closed hour against the expected. Below 1 it fires under it, above 1 over it.",
    units: [plain("times the expected")],
  },
  backlog_age: {
    label: "Backlog age",
    about: "How long the oldest event has waited before a stage.",
    units: durationUnits,
  },
  burn_rate: {
    label: "Burn rate",
    about: "How many times faster than allowed the error budget is spent, over a long and a short window.",
    units: [],
  },
  deployment_regression: {
    label: "Regression after a deployment",
    about: "How many times further behind than usual a datacenter is within three hours of a deployment.",
    units: [plain("times as far")],
  },
  telemetry_blind: {
    label: "No data at all",
    about: "How long Tidemark itself has received nothing.",
    units: durationUnits,
  },
};
