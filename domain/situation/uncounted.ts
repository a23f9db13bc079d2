import type { InstanceFact } from "../explain.ts";
import { formatCount, formatCountOf } from "../figures.ts";
import { momentOf } from "../moment.ts";
import type { IncidentFacts, PlaceFacts } from "./facts.ts";
import { flowBetween } from "./flow.ts";
import { firstAtOrAfter, minuteMs } from "./lags.ts";
import { type Miscount, type Suspect, suspectInstance } from "./miscount.ts";
import { type CauseTerms, signOf } from "./signs.ts";

/** Long enough for a host's share to show, short enough for the day's course not to. */
const comparedMs = 30 * minuteMs;
const leastComparedMs = 10 * minuteMs;

/**
 * The silent host that explains why more was delivered than counted: since it was last heard, what is produced has fallen by most of the
 * difference. Where events really come twice, what is produced stays as it was. null: there is none.
 */
export function silentCounter(
  place: PlaceFacts,
  onset: Date,
  facts: Pick<IncidentFacts, "now" | "deployments">,
): Suspect | null {
  const suspect = suspectInstance(place, "produced", onset, facts);
  return suspect?.isSilent && stopsCounting(place, suspect.instance) ? suspect : null;
}

function stopsCounting({ atMs, lanes }: PlaceFacts, { lastSeenAt }: InstanceFact): boolean {
  const silentMs = lastSeenAt.getTime();
  const at = firstAtOrAfter(atMs, silentMs);
  const from = firstAtOrAfter(atMs, silentMs - comparedMs);
  const to = Math.min(firstAtOrAfter(atMs, silentMs + comparedMs), atMs.length - 1);
  const [beforeMs, afterMs] = [lengthMs(atMs, from, at), lengthMs(atMs, at, to)];
  if (beforeMs < leastComparedMs || afterMs < leastComparedMs) return false;
  const named = lanes.filter(({ isNamed }) => isNamed);
  const [before, after] = [flowBetween(named, from, at), flowBetween(named, at, to)];
  const fell = before.produced / beforeMs - after.produced / afterMs;
  const beyond = (Math.max(after.published, after.delivered) - after.produced) / afterMs;
  return beyond > 0 && fell * 2 >= beyond;
}

function lengthMs(atMs: readonly number[], from: number, to: number): number {
  return (atMs[to] ?? 0) - (atMs[from] ?? 0);
}

interface UncountedTerms {
  datacenter: string | null;
  name: string;
  miscount: Miscount;
  suspect: Suspect;
  now: Date;
}

/** What came twice is unknown until the host counts. */
export function uncountedCause({ datacenter, name, miscount, suspect, now }: UncountedTerms): CauseTerms {
  const { figure, of } = miscount;
  const { component, instance, lastSeenAt } = suspect.instance;
  const fact = `${name} delivered ${formatCountOf(figure, "event")} more than the ${formatCount(of)} that its hosts counted.`;
  const sum = signOf({ code: "uncounted", fact, weight: 0.8, figure, unit: "events", of: of || null, asOf: now });
  return {
    code: "reporters_missing",
    datacenter,
    stage: "produced",
    component,
    instance,
    signs: [sum, suspect.sign],
    sentence: `${name} delivered more than its hosts counted: ${instance} has sent no heartbeat since ${momentOf(lastSeenAt)}, and what it produced is not counted. Check that host and its reporter; what was lost or duplicated is unknown until it counts.`,
  };
}
