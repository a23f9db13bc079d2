import { addHours, type Hour } from "./hour.ts";
import { type HourToUse, isReady, type ReadinessTerms } from "./readiness.ts";
import { finalStates } from "./revision.ts";
import { isWithin, type VerdictState } from "./verdict.ts";

export const subscriptionEvents = ["complete", "amended", "incomplete", "run", "day", "day-amended"] as const;
export type SubscriptionEvent = (typeof subscriptionEvents)[number];
/** The events about one hour; a `run` and a `day` are about many. */
export type HourEvent = Exclude<SubscriptionEvent, "run" | "day" | "day-amended">;

/** An hour's verdict as sent to a subscriber. */
export interface ReportedHour extends HourToUse {
  delivered: bigint;
  skewed: bigint;
  /** 0: created, never judged. */
  revision: number;
}

/** What a consumer knows of an hour, or of several together. */
export interface KnownFigures {
  state: VerdictState;
  /** It could read the hour then, by its own threshold. */
  ready: boolean;
  known: boolean;
  produced: bigint;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
}

export interface KnownHour extends KnownFigures {
  revision: number;
}

/** The source of a subscription's knowledge of an hour; null if there is none. */
export interface HourKnowledge {
  /** The newest message of this subscription about the hour. */
  sent: (KnownHour & { /** One of its messages said that the hour can be read. */ everReady: boolean }) | null;
  /** The gate's answer to the consumer. */
  read: KnownHour | null;
  /** What was readable by all before changes that are not sent yet. */
  held: KnownHour | null;
}

export interface AmendmentTerms extends ReadinessTerms {
  /** The event type's tolerances, shares of produced. */
  maxLost: number;
}

export interface VerdictChange extends HourKnowledge {
  before: ReportedHour;
  after: ReportedHour;
  terms: AmendmentTerms;
  wanted: ReadonlySet<SubscriptionEvent>;
}

export interface HourDecision {
  event: HourEvent;
  /** The basis of the comparison; null: nothing was known. */
  known: KnownHour | null;
}

/*
 * What a verdict is for one subscription. "Ready" is by the consumer's own threshold. "Known" is the last message of this subscription;
 * without one, the gate's last answer to the consumer.
 *
 *   known                              now                                event
 *   never ready                        ready                              complete (amended, if only that is wanted)
 *   anything                           materially different               amended
 *   nothing, and it was not ready      ready                              complete
 *                                      final for the first time, not      incomplete
 *   nothing, and it was ready          materially different: ready        complete (amended, if only that is wanted)
 *                                      final and not ready                incomplete (amended, if only that is wanted)
 *                                      not ready, not final               amended
 *   any                                the same, or not materially other  none
 *
 * `complete` comes at most once an hour. It and `incomplete` are sent at once; `amended` is held until changes have stopped for
 * a while (amendmentRestMs) and decided again then, so changes that cancel each other send nothing.
 */
export function decideHourEvent(change: VerdictChange): HourDecision | null {
  const { before, after, sent, read, held, terms, wanted } = change;
  const ready = isReady(after, terms);
  const known = sent ?? read;
  /**
   * The first one subscribed to. Whoever is sent the first message about an hour that others could read knew nothing of
   * it.
   */
  const choose = (from: KnownHour | null, ...events: HourEvent[]): HourDecision | null => {
    const event = events.find((each) => wanted.has(each));
    return event === undefined ? null : { event, known: known || event === "amended" ? from : null };
  };
  if (known) {
    if (sent && !sent.everReady && ready) return choose(known, "complete", "amended");
    return isMaterial(known, { ...after, ready }, terms) ? choose(known, "amended") : null;
  }
  const readable = held ?? (isReady(before, terms) ? { ...before, ready: true } : null);
  if (!readable) {
    if (ready) return choose(null, "complete");
    return finalStates.has(after.state) && !finalStates.has(before.state) ? choose(null, "incomplete") : null;
  }
  if (!isMaterial(readable, { ...after, ready }, terms)) return null;
  if (ready) return choose(readable, "complete", "amended");
  return finalStates.has(after.state) ? choose(readable, "incomplete", "amended") : choose(readable, "amended");
}

/**
 * Does the new verdict invalidate a consumer's work? It does if readiness changed, or lost, duplicated or delivered moved by
 * more than the type's tolerance of produced. Delivered is included because events that arrive together with their produced
 * counts lose nothing, yet were not there when the consumer read.
 */
export function isMaterial(
  known: KnownFigures,
  now: Pick<KnownFigures, "ready" | "produced" | "delivered" | "lost" | "duplicated">,
  { maxLost, maxDuplicated }: Pick<AmendmentTerms, "maxLost" | "maxDuplicated">,
): boolean {
  const moved = (a: bigint, b: bigint, share: number) => !isWithin(a > b ? a - b : b - a, share, now.produced);
  return (
    known.ready !== now.ready ||
    moved(known.lost, now.lost, maxLost) ||
    moved(known.duplicated, now.duplicated, maxDuplicated) ||
    moved(known.delivered, now.delivered, maxLost)
  );
}

/** An amendment is sent after this much time without a further change, and at most this long after the first change. */
export const amendmentRestMs = 60_000;
export const amendmentMostHeldMs = 15 * 60_000;

export interface DayChange {
  /** The newest message about the day. */
  sent: KnownFigures | null;
  /** All hours of all types together, `ready` if each of them is. */
  now: KnownFigures;
  /** One of its hours became ready since the last check. */
  readied: boolean;
  terms: Pick<AmendmentTerms, "maxLost" | "maxDuplicated">;
  wanted: ReadonlySet<SubscriptionEvent>;
}

/*
 * The event of a calendar day for one subscription:
 *
 *   known      now                              event
 *   nothing    every hour of all types ready,   day
 *              the last of them just now
 *   something  materially different             day-amended, held as an hour's amendment is
 *   any        anything else                    none
 */
export function decideDayEvent({ sent, now, readied, terms, wanted }: DayChange): "day" | "day-amended" | null {
  if (!sent) return now.ready && readied && wanted.has("day") ? "day" : null;
  return wanted.has("day-amended") && isMaterial(sent, now, terms) ? "day-amended" : null;
}

/** A Monday: so runs of 24 hours are UTC days and runs of 168 are weeks. */
const anchorMs = Date.UTC(1970, 0, 5);
const hourMs = 3_600_000;

/** The run of this many hours that contains the hour; `to` excluded. */
export function runOf(hour: Hour, runHours: number): { from: Hour; to: Hour } {
  const index = Math.floor((hour.getTime() - anchorMs) / hourMs / runHours);
  const from = new Date(anchorMs + index * runHours * hourMs);
  return { from, to: addHours(from, runHours) };
}
