// What is said of an incident, everywhere: its phase, onset, cause, extent, impact and recovery.

export { asReadAt, readSituation, toSituationJson } from "./api/situation-json.ts";
export { likelyCauseOf } from "./situation/likely-cause.ts";
export { nextSituation, type Observed, openingSituation } from "./situation/next-situation.ts";
export { sayEffect, sayMuted } from "./situation/say-situation.ts";
export type {
  AffectedConsumer,
  AffectedHours,
  DelayedHour,
  Diagnosis,
  Impact,
  Muted,
  Onset,
  Situation,
} from "./situation/situation.ts";
