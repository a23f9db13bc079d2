// Why an hour is late, incomplete or overcounted: likely causes, ranked, each with its evidence.
export { type Cause, type CauseCode, causeCodes, type EvidenceUnit } from "./explain/cause.ts";
export { explainFleet } from "./explain/explain-fleet.ts";
export { explainHour } from "./explain/explain-hour.ts";
export type {
  BacklogFact,
  DeploymentFact,
  InstanceFact,
  LaneToExplain,
  StageCounts,
  TroubledHour,
} from "./explain/hour-facts.ts";
export { gaugeFreshForSeconds } from "./explain/movement.ts";
export { type Rollout, sayRollout } from "./explain/say-rollout.ts";
