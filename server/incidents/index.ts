// Public API of incidents: alerts grouped by cause.
export { acknowledgeIncident, assignIncident, noteIncident, resolveIncident } from "./act-on-incident.ts";
export { markAmendedIncidents } from "./end-situations.ts";
export { evaluateDueAlerts, postponeOldestDue } from "./evaluate-due-alerts.ts";
export { listIncidents } from "./list-incidents.ts";
export { listIncidentRevisions } from "./list-revisions.ts";
export type { ChangedAlert, IncidentListener } from "./listener.ts";
export { loadCatchUps } from "./load-catch-ups.ts";
export { readIncident } from "./read-incident.ts";
export { readIncidentSeries } from "./read-series.ts";
export { recordIncidentSamples } from "./record-incident-samples.ts";
export { snoozeIncident, unsnoozeIncident } from "./snooze-incident.ts";
export { pagerdutyEvent, takePagerdutyEvent } from "./take-pagerduty-event.ts";
export { takeSlackAction } from "./take-slack-action.ts";
export { tickAlerts } from "./tick-alerts.ts";
export { updateSituations } from "./update-situations.ts";
