// A rule compares one figure of an event type, a datacenter or Tidemark itself with a threshold.
export { type AlertMetric, alertMetrics } from "./alert/metrics.ts";
export {
  type AlertRuleSpec,
  alertRuleSpec,
  parseAlertRule,
  type RuleScope,
} from "./alert/parse-alert-rule.ts";
export { type Severity, severities } from "./alert/severity.ts";
export { formatThreshold } from "./alert/threshold-kinds.ts";
