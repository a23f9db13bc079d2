import { z } from "zod";
import { type Parsed, parseSpec } from "../catalogue/parse-spec.ts";
import * as read from "../catalogue/read-fields.ts";
import { parseDuration } from "../duration.ts";
import { sayFound } from "../fault.ts";
import { isLine } from "../protocol/values.ts";
import { alertMetrics, comparisonOf, metrics } from "./metrics.ts";
import { severities } from "./severity.ts";

/** Hours that ended longer ago than this never page, so a backfill does not page anyone. */
const defaultHorizonSeconds = 7 * 86_400;

const nameOrNames = { anyOf: [read.text, { type: "array", items: read.text, minItems: 1, uniqueItems: true }] };

const names = read.field<string[], string | string[]>(
  "must be a name, or a non-empty list of distinct names",
  nameOrNames,
  (value) => {
    const list = typeof value === "string" ? [value] : value;
    if (!Array.isArray(list) || list.length === 0 || !list.every(isLine)) return null;
    // Normalised like the names they are compared with.
    const normalised = list.map((each) => each.normalize("NFC"));
    return new Set(normalised).size === normalised.length ? normalised : null;
  },
);

/** What a rule applies to. An absent member matches everything; all members present must match. */
const scope = read.object({
  tier: names.optional(),
  eventType: names.optional(),
  owner: names.optional(),
  datacenter: names.optional(),
  consumer: names.optional().meta({ description: "Event types that one of these consumers reads." }),
  labels: z.record(read.line, names, "must be a map of strings or lists of strings").optional(),
});

/** The labels that Tidemark gives an alert itself. */
const ownLabels = ["alertname", "severity", "cause", "eventType", "tier", "owner", "datacenter"];

/** Labels of a rule's alerts, for routes to match. */
const labels = z
  .record(read.line, read.line, 'must be a map of strings, like {team: "payments"}')
  .superRefine((found, context) => {
    for (const name of ownLabels.filter((each) => Object.hasOwn(found, each)))
      context.addIssue({
        code: "custom",
        path: [name],
        message: "must have another name: Tidemark sets this label itself",
      });
  });

const windows = z
  .array(
    read
      .object({
        long: read.positiveDuration,
        short: read.positiveDuration,
        factor: read.field<number, number>(
          "must be a number above 0, like 14.4",
          { type: "number", exclusiveMinimum: 0 },
          (value) => (typeof value === "number" && value > 0 && Number.isFinite(value) ? value : null),
        ),
      })
      .refine((window) => window.short < window.long, "must have a short window shorter than the long one"),
    "must be a list of windows like {long: 1h, short: 5m, factor: 14.4}",
  )
  .min(1, "must name a window like {long: 1h, short: 5m, factor: 14.4}");

/** Sources count by hour. */
const window = read.field<number, string>("must be whole hours from 1h to 24h, like 3h", read.text, (value) => {
  const seconds = typeof value === "string" ? parseDuration(value) : null;
  return seconds !== null && seconds % 3_600 === 0 && seconds >= 3_600 && seconds <= 86_400 ? seconds : null;
});

const link = read.field("must be a URL that begins with http:// or https://", read.text, (value) =>
  typeof value === "string" && /^https?:\/\/[^\s]{1,2000}$/.test(value) ? value : null,
);

/** Read by the metric's own rule. */
const threshold = z.unknown().meta({
  anyOf: [{ type: "number" }, { type: "string" }],
  description: "`30m`, `50%`, `0.001` or a count, as the metric has it; left out for `burn_rate`.",
}) as z.ZodType<unknown, number | string>;

const written = read.object({
  metric: read.oneOf(alertMetrics),
  owner: read.owner,
  scope: scope
    .optional()
    .meta({ description: "Which types, tiers, owners, datacenters, consumers and labels; all, if left out." }),
  threshold: threshold.optional(),
  for: read.duration.optional().meta({ description: "How long it must hold before it fires." }),
  keepFiringFor: read.duration.optional().meta({ description: "How long it goes on firing after it last held." }),
  severity: read.oneOf(severities),
  labels: labels.optional().meta({ description: "Added to the labels of its alerts, over those of the event type." }),
  summary: read.prose
    .optional()
    .meta({ description: "With `{eventType}`, `{datacenter}`, `{value}`, `{threshold}`, `{sentence}`." }),
  description: read.prose.optional(),
  runbook: link.optional(),
  window: window.optional().meta({
    description: "What is added up, for metrics that sources count: whole hours up to `24h`; `1h`, if left out.",
  }),
  windows: windows.optional(),
  horizon: read.positiveDuration
    .optional()
    .meta({ description: "Hours that ended longer ago never page; `7d`, if left out." }),
  enabled: read.flag.optional(),
});

/** A rule's spec: durations in seconds, defaults filled in. */
export const alertRuleSpec = written
  .transform((spec, context) => {
    const { metric } = spec;
    const refuse = (field: "threshold" | "window" | "windows", message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    const { threshold: kind } = metrics[metric];
    const threshold = kind && spec.threshold !== undefined ? kind.read(spec.threshold) : null;
    if (kind === null) {
      if (spec.threshold !== undefined)
        refuse("threshold", "must be left out: a burn rate's factors are in its windows");
      if (!spec.windows)
        refuse("windows", "must name a window like {long: 1h, short: 5m, factor: 14.4}; it is missing");
    } else {
      const tail = spec.threshold === undefined ? "it is missing" : `found ${sayFound(spec.threshold)}`;
      if (threshold === null) refuse("threshold", `${kind.must}; ${tail}`);
      if (spec.windows) refuse("windows", "must be left out: only burn_rate has windows");
    }
    if (spec.window !== undefined && !metrics[metric].hasWindow)
      refuse("window", `must be left out: ${metric} adds nothing up`);
    return {
      metric,
      scope: {
        tier: spec.scope?.tier ?? null,
        eventType: spec.scope?.eventType ?? null,
        owner: spec.scope?.owner ?? null,
        datacenter: spec.scope?.datacenter ?? null,
        consumer: spec.scope?.consumer ?? null,
        labels: spec.scope?.labels ?? {},
      },
      /** null for burn_rate only. */
      threshold,
      /** The bad side of the threshold. */
      fires: comparisonOf(metrics[metric], threshold),
      forSeconds: spec.for ?? 0,
      keepFiringForSeconds: spec.keepFiringFor ?? 0,
      severity: spec.severity,
      labels: spec.labels ?? {},
      summary: spec.summary ?? null,
      description: spec.description ?? null,
      runbook: spec.runbook ?? null,
      windowSeconds: spec.window ?? 3_600,
      windows: (spec.windows ?? []).map(({ long, short, factor }) => ({
        longSeconds: long,
        shortSeconds: short,
        factor,
      })),
      horizonSeconds: spec.horizon ?? defaultHorizonSeconds,
      enabled: spec.enabled ?? true,
    };
  })
  .meta({ id: "AlertRuleSpec" });

export type AlertRuleSpec = z.output<typeof alertRuleSpec>;
/** null: all. Labels: each one listed must have one of its values. */
export type RuleScope = AlertRuleSpec["scope"];

/** A rule's spec as stored in a file or column; JSON pointers of faults start at the spec. */
export function parseAlertRule(spec: unknown): Parsed<AlertRuleSpec> {
  return parseSpec(alertRuleSpec, spec);
}
