import { namesOf, objectOf, type WrittenSpec } from "#components/forms/spec-path.ts";
import { formatTerm } from "#components/ui/duration.ts";
import { formatCountOf, formatShare } from "#components/ui/number-format.ts";
import type { Metric } from "#domain/alert/metric.ts";
import { type AlertMetric, metrics } from "#domain/alert/metrics.ts";
import { parseDuration } from "#domain/duration.ts";

/** Useful unchanged: a ticket before the deadline of high-tier types. */
export const startingRule: { name: string; spec: WrittenSpec } = {
  name: "deadline-half-gone",
  spec: {
    metric: "closing_delay",
    scope: { tier: ["high"] },
    threshold: "50%",
    for: "2m",
    keepFiringFor: "10m",
    severity: "ticket",
    summary: "{eventType}: {sentence}",
  },
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
  const { labels, consumer, ...named } = objectOf(spec.scope);
  const parts = [...Object.entries(named), ...Object.entries(objectOf(labels))];
  if (parts.length === 0 && consumer === undefined) return "Applies to every event type and datacenter.";
  const texts = parts.map(
    ([what, names]) => `${what === "eventType" ? "event type" : what} ${namesOf(names).join(" or ")}`,
  );
  const readBy = consumer === undefined ? [] : [`event types that ${namesOf(consumer).join(" or ")} reads`];
  return `Applies only to ${[...texts, ...readBy].join(", ")}.`;
}

/** A threshold as written, formatted like figures elsewhere. */
export function thresholdText(metric: string, written: unknown): string {
  const kind = metricNamed(metric)?.threshold;
  if (kind === null) return "by windows";
  if (typeof written === "string") return termOf(written) ?? written.replace(/ ?%$/, " %");
  if (typeof written !== "number") return "nothing";
  const unit = kind?.read(written)?.unit;
  if (unit === "ratio") return `${written} times`;
  if (unit === "events" && kind?.noun) return formatCountOf(written, kind.noun);
  // A share of a deadline may exceed 100 %.
  if (unit === "deadlineShare") return `${Number((written * 100).toPrecision(6))} %`;
  return unit === "share" ? formatShare(written) : String(written);
}

function conditionOf({ metric, threshold, window, windows }: WrittenSpec): string {
  const known = metricNamed(String(metric));
  if (!known) return `${String(metric)} is beyond ${String(threshold)}`;
  if (known.threshold === null && Array.isArray(windows)) {
    const rates = windows.map(objectOf).map(({ long, short, factor }) => {
      return `${factor} times too fast over ${termOf(long) ?? long} and ${termOf(short) ?? short}`;
    });
    return `the error budget burns ${rates.join(", or ")}`;
  }
  const over = known.hasWindow ? ` within ${termOf(window) ?? formatTerm(3_600)}` : "";
  return `${known.condition(thresholdText(String(metric), threshold), known.threshold?.read(threshold) ?? null)}${over}`;
}

/** null: of another version. */
export function metricNamed(metric: string): Metric | null {
  return Object.hasOwn(metrics, metric) ? metrics[metric as AlertMetric] : null;
}

/** "90m" in words; null if it is absent, not a duration, or zero. */
function termOf(written: unknown): string | null {
  const seconds = typeof written === "string" ? parseDuration(written) : null;
  return seconds ? formatTerm(seconds) : null;
}

const mostLabelSets = 8;

/** The labels that its alerts are certain to have: one set for each combination named in its scope. */
export function draftLabels(name: string, spec: WrittenSpec): Record<string, string>[] {
  // Which consumers read a type is no label of its alerts.
  const { labels, consumer: _, ...scope } = objectOf(spec.scope);
  const start: Record<string, string>[] = [
    { alertname: name, ...(typeof spec.severity === "string" ? { severity: spec.severity } : {}) },
  ];
  const sets = [...Object.entries(scope), ...Object.entries(objectOf(labels))].reduce(
    (found, [label, values]) =>
      found.flatMap((set) => namesOf(values).map((value) => ({ ...set, [label]: value }))).slice(0, mostLabelSets),
    start,
  );
  return sets.map((set) => ({ ...set, ...(objectOf(spec.labels) as Record<string, string>) }));
}
