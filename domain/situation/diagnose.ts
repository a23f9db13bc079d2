import { formatElapsed } from "../duration.ts";
import { formatCount } from "../figures.ts";
import { whenCountsParted } from "./count-onset.ts";
import { diagnoseLate, type LateFinding } from "./diagnose-late.ts";
import type { IncidentFacts, PlaceFacts } from "./facts.ts";
import { holdCause } from "./hold.ts";
import { miscountCause, miscountOf, spanOfHours, suspectInstance } from "./miscount.ts";
import { startingForMs } from "./next-phase.ts";
import { type Drain, isRecovering, sayRecovery } from "./recovery.ts";
import { likelyCause, signOf } from "./signs.ts";
import type { Diagnosis, LikelyCause, Onset } from "./situation.ts";
import { silentCounter, uncountedCause } from "./uncounted.ts";

/** What was said before, as far as a diagnosis depends on it. */
export type DiagnosedBefore = Pick<Diagnosis, "cause" | "onset" | "recovery">;

/**
 * What probably caused an incident, when it began, and when it will be over. `before`: what was said last; null: nothing, or only what
 * its first alert says. null: the facts do not show it.
 */
export function diagnose(facts: IncidentFacts, before: DiagnosedBefore | null): Diagnosis | null {
  if (facts.trouble === "blind") return diagnoseBlind(facts);
  const known = before && before.onset.source !== "alert" ? before : null;
  if (facts.trouble === "late") return diagnoseDelays(facts, known);
  return diagnoseMiscount(facts, known);
}

function diagnoseDelays(facts: IncidentFacts, before: DiagnosedBefore | null): Diagnosis | null {
  const found = facts.places.flatMap((place) => diagnoseLate(place, facts, before?.onset ?? null) ?? []);
  const [first] = found.toSorted((a, b) => a.onset.at.getTime() - b.onset.at.getTime());
  if (!first) return null;
  const drain = found.map((each) => each.drain).reduce(together);
  const cause = found.length > 1 ? causeOfAll(found) : first.cause;
  const recovers = isRecovering(drain) || drain.stuck === 0;
  return {
    cause: holdCause({ cause, later: found.length > 1 ? null : first.later }, before?.cause ?? null, {
      isStarting: isStarting(facts),
      recovers,
    }),
    onset: before?.onset ?? first.onset,
    recovery: sayRecovery(drain, before?.recovery ?? null, facts.now),
    delayed: found.flatMap(({ delayed }) => delayed),
  };
}

/** What slows several datacenters at once is what they share. */
function causeOfAll(found: readonly LateFinding[]): LikelyCause {
  const strongest = found.reduce((a, b) => (b.cause.score > a.cause.score ? b : a)).cause;
  const names = found.map(({ cause }) => cause.datacenter);
  const sentence = `Deliveries fell behind in ${formatCount(names.length)} datacenters at once. Check what they share: the queue, or a stage. ${strongest.sentence}`;
  return { ...strongest, code: "shared_datacenter", datacenter: null, sentence };
}

function together(a: Drain, b: Drain): Drain {
  return {
    draining: a.draining + b.draining,
    caughtUp: a.caughtUp + b.caughtUp,
    stuck: a.stuck + b.stuck,
    p50Ms: Math.max(a.p50Ms, b.p50Ms),
    p90Ms: Math.max(a.p90Ms, b.p90Ms),
  };
}

function diagnoseMiscount(facts: IncidentFacts, before: DiagnosedBefore | null): Diagnosis | null {
  const { now, trouble } = facts;
  const places = facts.places.filter(({ hours }) => hours.length > 0);
  const hours = places.flatMap((place) => place.hours);
  const span = spanOfHours(hours);
  const [first] = places.toSorted((a, b) => b.hours.length - a.hours.length);
  if (!first || !span) return null;
  const where = facts.eventType === null || places.length === 1 ? first.datacenter : null;
  const miscount = miscountOf(hours, trouble);
  const onset = before?.onset ?? onsetOfMiscount(facts, places, miscount.stage, span);
  const subject = { datacenter: where, name: where ?? facts.eventType ?? first.datacenter };
  const counter = trouble === "duplicated" && places.length === 1 ? silentCounter(first, onset.at, facts) : null;
  const suspect =
    trouble === "lost" || trouble === "unreported" ? suspectInstance(first, miscount.stage, onset.at, facts) : null;
  const cause = likelyCause(
    counter
      ? uncountedCause({ ...subject, miscount, suspect: counter, now })
      : miscountCause({ ...subject, hours, miscount, onset: onset.at, suspect, now }),
  );
  const held = holdCause({ cause, later: null }, before?.cause ?? null, {
    isStarting: isStarting(facts),
    recovers: false,
  });
  return { cause: held, onset, recovery: null };
}

function onsetOfMiscount(
  facts: IncidentFacts,
  places: readonly PlaceFacts[],
  stage: LikelyCause["stage"],
  span: { fromMs: number; toMs: number },
): Onset {
  const { trouble } = facts;
  const source = trouble === "volume" ? "volume" : "counts";
  const found = places.flatMap((place): Onset[] => {
    const suspect = trouble === "unreported" ? suspectInstance(place, "produced", new Date(span.fromMs), facts) : null;
    if (suspect?.diedAt) return [{ at: suspect.diedAt, source: "instance" }];
    const named = place.lanes.filter(({ isNamed }) => isNamed);
    const at = whenCountsParted(place, named, { trouble, stage, ...span });
    return at ? [{ at, source }] : [];
  });
  const [earliest] = found.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return earliest ?? { at: new Date(span.fromMs), source: "alert" };
}

function diagnoseBlind({ now, telemetryAgeSeconds }: IncidentFacts): Diagnosis | null {
  if (telemetryAgeSeconds === null) return null;
  const at = new Date(now.getTime() - telemetryAgeSeconds * 1000);
  const fact = `Tidemark has received no message from any datacenter for ${formatElapsed(telemetryAgeSeconds)}.`;
  const signs = [
    signOf({ code: "telemetry", fact, weight: 0.95, figure: telemetryAgeSeconds, unit: "seconds", asOf: now }),
  ];
  const sentence =
    "Tidemark stopped receiving messages from every datacenter. Delivery itself may be fine: check the queue's subscription and Tidemark's ingest first.";
  const cause = likelyCause({ code: "telemetry_blind", datacenter: null, stage: null, signs, sentence });
  return { cause, onset: { at, source: "silence" }, recovery: null };
}

/** Its cause may be refined for as long as it is new. */
function isStarting({ now, openedAt }: IncidentFacts): boolean {
  return now.getTime() - openedAt.getTime() <= startingForMs;
}
