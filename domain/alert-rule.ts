// A rule compares one figure of an event type, a datacenter or Tidemark itself with a threshold.
export {
  type AlertMetric,
  alertMetrics,
  formatThreshold,
  type Severity,
  severities,
} from "./alert-rule/metrics.ts";
export { type AlertRuleSpec, alertRuleSpec, parseAlertRule, type RuleScope } from "./alert-rule/parse-alert-rule.ts";
