// A rule: one figure of a type, a datacenter or Tidemark itself, held against a threshold.
export {
  type AlertMetric,
  alertMetrics,
  formatThreshold,
  type Severity,
  severities,
} from "./alert-rule/metrics.ts";
export { type AlertRuleSpec, alertRuleSpec, parseAlertRule, type RuleScope } from "./alert-rule/parse-alert-rule.ts";
