// Public API of alerts: the rules, and the state of their alerts.
export { deleteRule } from "./delete-rule.ts";
export { type JudgedJson, judgedMembers } from "./fact-json.ts";
export {
  type AlertKey,
  type AlertRow,
  alertColumns,
  type ListAlertsInput,
  listAlerts,
  toAlertJson,
} from "./list-alerts.ts";
export { listRules, readRule } from "./list-rules.ts";
export { type LoadedAlertFacts, loadAlertFacts } from "./load-alert-facts.ts";
export { loadKnownAlerts, type StoredAlertRow } from "./load-known-alerts.ts";
export { loadRuleStanding } from "./load-rule-standing.ts";
export { loadRules, loadStoredRules } from "./load-rules.ts";
export { readVolumesNow, type Volumes } from "./read-volumes-now.ts";
export { type TypeTerms, type TypeTermsRow, typeTermsColumns, withTerms } from "./type-terms.ts";
export { type AlertToWrite, writeAlerts, writeTransitions } from "./write-alerts.ts";
