// Evaluates rules against facts: the readings per subject at an instant, and the states an alert goes through.
export { type AlertDecision, decideAlerts, type KnownAlert } from "./alert/decide-alerts.ts";
export { defaultRules, writtenDefaults } from "./alert/default-rules.ts";
export {
  type AlertFacts,
  type DatacenterNow,
  type DeploymentNow,
  deploymentHours,
  type HourLane,
  type HourNow,
  historyHours,
  type LaneNow,
  type TermsOfType,
  type TypeFacts,
  unknownLane,
  type VolumeNow,
} from "./alert/facts.ts";
export { isTypeInScope } from "./alert/in-scope.ts";
export { alertLabels } from "./alert/labels.ts";
export type { BesideFacts } from "./alert/looks.ts";
export { metrics } from "./alert/metrics.ts";
export { newsSeconds } from "./alert/news-hours.ts";
export type { AlertRule } from "./alert/rule.ts";
export { type Evaluated, evaluatedBy } from "./alert/rule-standing.ts";
export { runbookOf } from "./alert/runbook.ts";
export { type AlertState, alertStates, isActive, type StoredAlert } from "./alert/step-alert.ts";
export { summaryOf } from "./alert/summary.ts";
