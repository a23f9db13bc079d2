// The alerts of one cause: which cause an alert has, what it is called, and when it is over.
export { causeKeyOf, chooseCause, explains } from "./incident/choose-cause.ts";
export { type IncidentState, incidentStates, isOver, worstSeverity } from "./incident/incident-state.ts";
export { causeOfObservation, titleOf } from "./incident/name-cause.ts";
