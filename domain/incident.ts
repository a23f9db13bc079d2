// The alerts of one cause: which cause an alert has, its name, and when it is over.
export {
  type CauseKey,
  chooseCause,
  everywhereLate,
  explains,
  isEverywhere,
  readCauseKey,
} from "./incident/choose-cause.ts";
export { type IncidentState, incidentStates, worstSeverity } from "./incident/incident-state.ts";
export { causeEverywhere, causeOfObservation, titleOf } from "./incident/name-cause.ts";
