import { parseAlertRule } from "./parse-alert-rule.ts";
import type { AlertRule } from "./rule.ts";

interface WrittenRule {
  name: string;
  spec: Record<string, unknown>;
}

/** Thresholds for loss, duplication and skew by tier: shares of one datacenter's events in one hour. */
const shares = [
  { tier: "high", severity: "page", counts: "0.1%", skew: "0.5%" },
  { tier: "normal", severity: "page", counts: "1%", skew: "1%" },
  { tier: "low", severity: "ticket", counts: "1%", skew: "2%" },
] as const;

const times = [
  { tier: "high", severity: "page", stalled: "15m", behind: "1h" },
  { tier: "normal", severity: "page", stalled: "2h", behind: "6h" },
  { tier: "low", severity: "ticket", stalled: "6h", behind: "24h" },
] as const;

/** As written in a file. A document of the same name replaces a default; `enabled: false` disables it. */
export const writtenDefaults: readonly WrittenRule[] = [
  rule("telemetry-blind", { metric: "telemetry_blind", threshold: "15m", severity: "page" }),
  rule("datacenter-silent", { metric: "datacenter_silence", threshold: "15m", severity: "page" }),
  rule("deployment-regression", {
    metric: "deployment_regression",
    threshold: 2,
    for: "5m",
    keepFiringFor: "10m",
    severity: "page",
  }),
  // The forecast fires first; types without one are covered once most of the deadline has passed.
  rule("deadline-at-risk-high", {
    metric: "breach_probability",
    scope: { tier: "high" },
    threshold: "60%",
    for: "2m",
    keepFiringFor: "10m",
    severity: "page",
  }),
  rule("deadline-at-risk", {
    metric: "breach_probability",
    threshold: "80%",
    for: "5m",
    keepFiringFor: "10m",
    severity: "page",
  }),
  rule("deadline-near", { metric: "closing_delay", threshold: "80%", severity: "page" }),
  ...times.flatMap(({ tier, severity, stalled, behind }) => [
    rule(`watermark-stalled-${tier}`, {
      metric: "watermark_stalled",
      scope: { tier },
      threshold: stalled,
      keepFiringFor: "5m",
      severity,
    }),
    rule(`watermark-behind-${tier}`, {
      metric: "watermark_lag",
      scope: { tier },
      threshold: behind,
      for: "10m",
      keepFiringFor: "5m",
      severity: "ticket",
    }),
  ]),
  rule("backlog-old-high", {
    metric: "backlog_age",
    scope: { tier: "high" },
    threshold: "45m",
    for: "5m",
    keepFiringFor: "10m",
    severity: "page",
  }),
  // Google Pub/Sub keeps unacknowledged messages for seven days unless configured otherwise.
  rule("backlog-near-retention", { metric: "backlog_age", threshold: "4d", severity: "page" }),
  // Where a source says how long the queue keeps events.
  rule("backlog-half-retention", { metric: "backlog_retention", threshold: "50%", severity: "page" }),
  ...shares.flatMap(({ tier, severity, counts, skew }) => [
    rule(`events-lost-${tier}`, { metric: "lost", scope: { tier }, threshold: counts, severity }),
    rule(`events-duplicated-${tier}`, { metric: "duplicate_ratio", scope: { tier }, threshold: counts, severity }),
    rule(`events-skewed-${tier}`, { metric: "skew_ratio", scope: { tier }, threshold: skew, severity }),
  ]),
  rule("completeness", { metric: "completeness", threshold: "99.9%", severity: "ticket" }),
  // As sources count them: what a subscription gave up is lost until someone sends it again.
  rule("dead-letters-high", {
    metric: "dead_letters",
    scope: { tier: "high" },
    threshold: 100,
    severity: "page",
  }),
  rule("dead-letters", { metric: "dead_letters", threshold: 1, severity: "ticket" }),
  rule("deadlines-expired", { metric: "expired_deadlines", threshold: 1_000, severity: "ticket" }),
  rule("messages-late", { metric: "late_messages", threshold: 1_000, severity: "ticket" }),
  // For types that expect their reporters: a host that dies takes its counts with it, and the rest looks complete.
  rule("reporters-missing", { metric: "reporters_missing", threshold: 1, keepFiringFor: "5m", severity: "page" }),
  rule("volume-drop-high", { metric: "volume_ratio", scope: { tier: "high" }, threshold: 0.5, severity: "page" }),
  rule("volume-drop", { metric: "volume_ratio", threshold: 0.5, severity: "ticket" }),
  rule("budget-burn", {
    metric: "burn_rate",
    windows: [
      { long: "1h", short: "5m", factor: 14.4 },
      { long: "6h", short: "30m", factor: 6 },
    ],
    severity: "page",
  }),
];

/** The rules in effect until documents replace them. */
export const defaultRules: readonly AlertRule[] = writtenDefaults.map(({ name, spec }) => {
  const parsed = parseAlertRule(spec);
  if (!parsed.ok) throw new Error(`The default rule ${name} is invalid: ${JSON.stringify(parsed.faults)}`);
  return { name, spec: parsed.spec, isDefault: true };
});

function rule(name: string, spec: Record<string, unknown>): WrittenRule {
  return { name, spec };
}
