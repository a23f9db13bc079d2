// Rules over facts: what each says of whom at an instant, and the states that alerts go through.
export { type AlertDecision, type AlertsToDecide, decideAlerts, type KnownAlert } from "./alert/decide-alerts.ts";
export { defaultRules, writtenDefaults } from "./alert/default-rules.ts";
export * from "./alert/facts.ts";
export { isTypeInScope } from "./alert/in-scope.ts";
export { alertLabels, fingerprintOf } from "./alert/labels.ts";
export { metrics } from "./alert/metrics.ts";
export { newsSeconds } from "./alert/news-hours.ts";
export { calmLook, isLookedAt, type Observation, observeRule, type Subject } from "./alert/observe.ts";
export type { Culprit, Reading, Trouble } from "./alert/reading.ts";
export { type AlertRule, calmValue, isTrue } from "./alert/rule.ts";
export {
  type AlertLook,
  type AlertState,
  type AlertStep,
  type AlertTerms,
  alertStates,
  isActive,
  neverFired,
  type StoredAlert,
  stepAlert,
} from "./alert/step-alert.ts";
export { summaryOf } from "./alert/summary.ts";
