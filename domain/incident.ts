// The alerts of one cause: which cause an alert has, its name, and when it is over.
export { chooseCause, everywhereLate, explains, isEverywhere } from "./incident/choose-cause.ts";
export { type IncidentState, incidentStates, worstSeverity } from "./incident/incident-state.ts";
export { causeEverywhere, causeOfObservation, titleOf } from "./incident/name-cause.ts";
