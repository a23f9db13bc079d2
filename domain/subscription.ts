import { addHours, type Hour } from "./hour.ts";
import { type HourToUse, isReady, type ReadinessTerms } from "./readiness.ts";
import { finalStates } from "./revision.ts";

export const subscriptionEvents = ["complete", "amended", "incomplete", "run"] as const;
export type SubscriptionEvent = (typeof subscriptionEvents)[number];
/** What is told of one hour; a `run` is told of many. */
export type HourEvent = Exclude<SubscriptionEvent, "run">;

/** An hour's verdict as far as a subscriber is told of it. */
export interface HourTold extends HourToUse {
  delivered: bigint;
  skewed: bigint;
  /** 0: born, never judged. */
  revision: number;
}

/** The newest that this subscription was told of the hour. */
export interface LastTold extends HourTold {
  /** It could read the hour when it was told. */
  ready: boolean;
  /** It was told once that it can. */
  everReady: boolean;
}

export interface VerdictChange {
  before: HourTold;
  after: HourTold;
  /** Counts of single datacenters differ from what they were before, though their sums may not. */
  moved: boolean;
  told: LastTold | null;
  terms: ReadinessTerms;
  wanted: ReadonlySet<SubscriptionEvent>;
}

/*
 * What a change of an hour's verdict is for one subscription. "Ready" is by the consumer's own threshold. What was known is
 * what it was told last or, if it was told nothing of the hour, the verdict before.
 *
 *   known                              now                                event
 *   never ready                        ready                              complete
 *   never ready, told nothing          final, not ready                   incomplete
 *   ready before, or told something    other figures, or other readiness  amended
 *   any                                the same to the subscriber         none
 *
 * `complete` comes at most once an hour. Who did not ask for `complete` and was told that the hour is incomplete is told
 * `amended` when it becomes ready: what it knows is no longer so.
 */
export function decideHourEvent({ before, after, moved, told, terms, wanted }: VerdictChange): HourEvent | null {
  const ready = isReady(after, terms);
  const wasReady = told ? told.ready : isReady(before, terms);
  const everReady = told?.everReady ?? wasReady;
  const differs = moved || figuresDiffer(told ?? before, after) || ready !== wasReady;
  const first = (...events: HourEvent[]) => events.find((event) => wanted.has(event)) ?? null;
  if (ready && !everReady) return told ? first("complete", "amended") : first("complete");
  if (told || wasReady) return differs ? first("amended") : null;
  return !ready && finalStates.has(after.state) && !finalStates.has(before.state) ? first("incomplete") : null;
}

/** What a reader of the events notices: the closing time and the way to the state are not among it. */
function figuresDiffer(a: HourTold, b: HourTold): boolean {
  return (
    a.produced !== b.produced ||
    a.delivered !== b.delivered ||
    a.lost !== b.lost ||
    a.duplicated !== b.duplicated ||
    a.skewed !== b.skewed ||
    a.known !== b.known
  );
}

/** A Monday: so runs of 24 hours are UTC days and runs of 168 are weeks. */
const anchorMs = Date.UTC(1970, 0, 5);
const hourMs = 3_600_000;

/** The run of so many hours that the hour belongs to; `to` excluded. */
export function runOf(hour: Hour, runHours: number): { from: Hour; to: Hour } {
  const index = Math.floor((hour.getTime() - anchorMs) / hourMs / runHours);
  const from = new Date(anchorMs + index * runHours * hourMs);
  return { from, to: addHours(from, runHours) };
}
