import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { formatTerm } from "#components/ui/duration.ts";
import { formatCountOf, formatShare } from "#components/ui/number-format.ts";
import type { AlertMetric } from "#domain/alert-rule.ts";
import { parseDuration } from "#domain/duration.ts";

/** The condition, by metric; `threshold` as text. */
const conditions: Record<AlertMetric, (threshold: string, written: unknown) => string> = {
  closing_delay: (threshold, written) =>
    `an ended hour is not closed after ${isDuration(written) ? threshold : `${threshold} of its deadline`}`,
  breach_probability: (threshold) => `the chance that an ended hour misses its deadline is above ${threshold}`,
  completeness: (threshold) => `less than ${threshold} of an hour’s events were delivered`,
  lost: (threshold, written) =>
    isCount(written)
      ? `a datacenter lost ${threshold} or more of an hour`
      : `a datacenter lost more than ${threshold} of an hour’s events`,
  duplicate_ratio: (threshold) => `a datacenter duplicated more than ${threshold} of an hour’s events`,
  skew_ratio: (threshold) => `more than ${threshold} of a datacenter’s delivered events landed in other hours`,
  reporters_missing: (threshold) =>
    `${threshold} or more of a datacenter’s expected reporters have not reported for an hour`,
  watermark_lag: (threshold) => `a type’s watermark at a datacenter is more than ${threshold} behind`,
  watermark_stalled: (threshold) => `a type’s watermark at a datacenter has not moved for ${threshold}`,
  datacenter_silence: (threshold) => `a datacenter has sent nothing for ${threshold}`,
  volume_ratio: (threshold, written) =>
    `an hour holds ${Number(written) < 1 ? "less" : "more"} than ${threshold} the expected events`,
  backlog_age: (threshold) => `the oldest event waiting before a stage is more than ${threshold} old`,
  burn_rate: () => "the error budget burns too fast",
  deployment_regression: (threshold) =>
    `a datacenter is more than ${threshold} as far behind as usual after a deployment`,
  telemetry_blind: (threshold) => `Tidemark has received nothing for ${threshold}`,
};

/** When it fires, in one sentence. */
export function ruleSentence(spec: WrittenSpec): string {
  const held = termOf(spec.for);
  const kept = termOf(spec.keepFiringFor);
  const stays = held === null ? "" : ` for at least ${held}`;
  const goesOn = kept === null ? "" : `; keeps firing for ${kept} after the condition clears`;
  return `Fires when ${conditionOf(spec)}${stays}${goesOn}.`;
}

/** What it applies to, in one sentence. */
export function scopeSentence(spec: WrittenSpec): string {
  const { labels, ...named } = objectOf(spec.scope);
  const parts = [...Object.entries(named), ...Object.entries(objectOf(labels))];
  if (parts.length === 0) return "Applies to every event type and datacenter.";
  const texts = parts.map(
    ([what, names]) => `${what === "eventType" ? "event type" : what} ${namesOf(names).join(" or ")}`,
  );
  return `Applies only to ${texts.join(", ")}.`;
}

/** A threshold as written, formatted like figures elsewhere. */
export function thresholdText(metric: string, written: unknown): string {
  if (metric === "burn_rate") return "by windows";
  if (typeof written === "string") return termOf(written) ?? written.replace(/ ?%$/, " %");
  if (typeof written !== "number") return "nothing";
  if (metric === "volume_ratio" || metric === "deployment_regression") return `${written} times`;
  if (metric === "lost" && isCount(written)) return formatCountOf(written, "event");
  if (metric === "reporters_missing") return String(written);
  // A share of a deadline may exceed 100 %.
  if (metric === "closing_delay") return `${Number((written * 100).toPrecision(6))} %`;
  return formatShare(written);
}

function conditionOf({ metric, threshold, windows }: WrittenSpec): string {
  if (metric === "burn_rate" && Array.isArray(windows)) {
    const rates = windows.map(objectOf).map(({ long, short, factor }) => {
      return `${factor} times too fast over ${termOf(long) ?? long} and ${termOf(short) ?? short}`;
    });
    return `the error budget burns ${rates.join(", or ")}`;
  }
  const text = thresholdText(String(metric), threshold);
  const said = Object.hasOwn(conditions, String(metric)) ? conditions[metric as AlertMetric] : null;
  return said ? said(text, threshold) : `${String(metric)} is beyond ${String(threshold)}`;
}

/** "90m" in words; null if it is absent, not a duration, or zero. */
function termOf(written: unknown): string | null {
  const seconds = typeof written === "string" ? parseDuration(written) : null;
  return seconds ? formatTerm(seconds) : null;
}

function isDuration(written: unknown): boolean {
  return termOf(written) !== null;
}

function isCount(written: unknown): boolean {
  return Number.isSafeInteger(written) && Number(written) >= 1;
}

/** A name, or a list of names. */
export function namesOf(written: unknown): string[] {
  return (Array.isArray(written) ? written : [written]).map(String);
}

export function objectOf(found: unknown): Record<string, unknown> {
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {};
}
