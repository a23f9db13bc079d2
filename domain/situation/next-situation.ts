import { titleOf } from "../incident/name-cause.ts";
import { heldRecovery, nextPhase } from "./next-phase.ts";
import { hasCaughtUp } from "./recovery.ts";
import { amendmentReason, revisionReason } from "./revision-reason.ts";
import { saySituation } from "./say-situation.ts";
import type { Diagnosis, Extent, Impact, Recovery, Situation } from "./situation.ts";

/** What is seen of an incident at one moment. */
export interface Observed extends Pick<Situation, "deployed" | "muted"> {
  impact: Omit<Impact, "hoursAtRisk">;
  /** The deadlines of affected hours that their own forecasts have likelier to miss them than not. */
  risksAt: readonly Date[];
  /** Its stage is the cause's. */
  extent: Omit<Extent, "stage">;
  causeKey: string;
  /** null: not explained this time, and what was said before holds. */
  diagnosis: Diagnosis | null;
  /** Alerts that fire, or did until recently. */
  firing: number;
  openedAt: Date;
  /** null: it is open. */
  resolved: { at: Date; by: string } | null;
}

export interface NextSituation {
  situation: Situation;
  /** Sentences for the timeline; null: only figures moved, which makes no revision. */
  reason: string | null;
}

/** The first situation of an incident, when it opens. */
export function openingSituation(observed: Observed & { diagnosis: Diagnosis }, now: Date): Situation {
  const { causeKey, diagnosis, extent, deployed, muted } = observed;
  const { cause, onset } = diagnosis;
  const impact = impactOf(observed, null);
  const title = titleOf(cause, causeKey);
  const situation = { title, phase: "starting" as const, phaseSince: now, onset, cause, extent, impact, deployed };
  return complete({ ...situation, recovery: null, muted }, now);
}

/**
 * What is to be said from now on. A revision is due when the phase, the cause, the onset, the extent, missed deadlines, lost
 * events, the mute or the expected recovery changed. An incident that is over changes only when its hours are amended:
 * null, if they were not.
 */
export function nextSituation(before: Situation, observed: Observed, now: Date): NextSituation | null {
  if (before.phase === "over") return amend(before, observed, now);
  const { causeKey, diagnosis, firing, openedAt, resolved, extent, deployed, muted } = observed;
  const cause = diagnosis?.cause ?? before.cause;
  const recovery = settle(before.recovery, heldRecovery(before.recovery, diagnosis?.recovery ?? null, now), now);
  const signs = { openedAt, isResolved: resolved !== null, firing, recovery };
  const phase = nextPhase(before.phase, signs, now);
  const situation = complete(
    {
      title: titleOf(cause, causeKey),
      phase,
      phaseSince: phase === before.phase ? before.phaseSince : (resolved?.at ?? now),
      onset: diagnosis?.onset ?? before.onset,
      cause,
      extent,
      impact: impactOf(observed, phase === "recovering" ? recovery : null),
      deployed,
      recovery: phase === "over" ? null : recovery,
      // Nothing fires that could be muted: what held until then explains why no one was notified.
      muted: firing === 0 ? before.muted : muted,
    },
    now,
  );
  return { situation, reason: revisionReason(before, situation, { firing, resolvedBy: resolved?.by ?? null }) };
}

/** What the lanes' recovery closes before its deadline is not at risk, whatever its own forecast has learned from calmer days. */
function impactOf({ impact, risksAt }: Observed, recovery: Recovery | null): Impact {
  const atRisk = recovery === null ? risksAt : risksAt.filter((deadlineAt) => deadlineAt < recovery.p90At);
  return { ...impact, hoursAtRisk: atRisk.length };
}

function amend(before: Situation, observed: Observed, now: Date): NextSituation | null {
  const { extent } = observed;
  const impact = impactOf(observed, null);
  const hours = extent.hours ?? before.extent.hours;
  const situation = complete({ ...before, extent: { ...before.extent, hours }, impact }, now);
  const reason = amendmentReason(before, situation);
  return reason === null ? null : { situation, reason };
}

function complete(situation: Omit<Situation, "sentence" | "extent"> & Pick<Observed, "extent">, now: Date): Situation {
  const extent = { ...situation.extent, stage: situation.cause.stage };
  return { ...situation, extent, sentence: saySituation({ ...situation, extent }, now) };
}

const leastMoveMs = 120_000;
const leastMoveShare = 0.1;

/** A recovery that moved less than is worth saying keeps its time: sentences stay the same, and small steps add up. */
function settle(before: Recovery | null, found: Recovery | null, now: Date): Recovery | null {
  if (before === null || found === null || hasCaughtUp(found)) return found;
  const remainingMs = Math.max(0, before.p50At.getTime() - now.getTime());
  const movedMs = Math.abs(found.p50At.getTime() - before.p50At.getTime());
  if (movedMs > Math.max(leastMoveMs, leastMoveShare * remainingMs)) return found;
  return { ...before, trend: found.trend, asOf: found.asOf };
}
