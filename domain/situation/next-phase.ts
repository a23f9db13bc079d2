import type { Phase, Recovery } from "./situation.ts";

const minuteMs = 60_000;
/** Incidents are short or long: what lasts this long since it opened is under way, and its cause has had time to show. */
export const startingForMs = 5 * minuteMs;
/** How long an expected recovery may be missing before it counts as lost: a drain rate is estimated again every moment. */
export const recoveryKeptForMs = 3 * minuteMs;

export interface PhaseSigns {
  openedAt: Date;
  isResolved: boolean;
  /** Alerts that fire, or did until recently. */
  firing: number;
  /** As expected now, or within the last minutes. */
  recovery: Recovery | null;
}

/*
 *   from          to           when the first of these holds
 *   –             starting     it opens
 *   any           over         it is resolved
 *   over          over         always: what comes back is a new incident
 *   starting      recovering   a recovery is expected, or none of its alerts fires
 *   starting      ongoing      5 min after it opened
 *   ongoing       recovering   a recovery is expected, or none of its alerts fires
 *   recovering    ongoing      an alert fires, and no recovery has been expected for 3 min
 */
export function nextPhase(
  before: Phase | null,
  { openedAt, isResolved, firing, recovery }: PhaseSigns,
  now: Date,
): Phase {
  if (before === "over" || isResolved) return "over";
  if (before === null) return "starting";
  if (recovery !== null || firing === 0) return "recovering";
  if (before === "recovering") return "ongoing";
  return now.getTime() - openedAt.getTime() < startingForMs && before === "starting" ? "starting" : "ongoing";
}

/** The recovery that holds now: a missing one is bridged with the last for a few minutes. */
export function heldRecovery(before: Recovery | null, found: Recovery | null, now: Date): Recovery | null {
  if (found !== null || before === null) return found;
  return now.getTime() - before.asOf.getTime() < recoveryKeptForMs ? before : null;
}
