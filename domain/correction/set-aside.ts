import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol/messages.ts";

/** A correction in force; null in its scope: any, or without a bound. */
export interface HolderScope {
  id: number;
  eventType: string | null;
  dc: string;
  stage: Stage | null;
  reporter: string | null;
  /** Included. */
  from: Hour | null;
  /** Excluded. */
  to: Hour | null;
  after: Date | null;
  /** What was observed up to here is set aside. */
  observedThrough: Date;
}

export type DiscardedCounts = Omit<HolderScope, "after" | "eventType"> & { eventType: string };

/** Marks that close an hour ending later than `after` are set aside. */
export type ResetMarks = Pick<HolderScope, "id" | "eventType" | "dc" | "observedThrough"> & { after: Date };

export type Holder = { counts: DiscardedCounts } | { marks: ResetMarks };

export interface CountFact {
  eventType: string;
  dc: string;
  stage: Stage;
  reporter: string;
  hour: Hour;
  /** The event time of its message. */
  time: Date;
}

export interface MarkFact {
  eventType: string;
  dc: string;
  /** The end of the last hour that it closes. */
  closedThrough: Date;
  time: Date;
}

/** Active corrections, indexed to find the one that sets a fact aside; null: the fact counts. */
export interface Corrections {
  findCountHolder(fact: CountFact): number | null;
  findMarkHolder(fact: MarkFact): number | null;
}

export const noCorrections: Corrections = { findCountHolder: () => null, findMarkHolder: () => null };

/**
 * A fact is set aside while any active correction covers it: its scope, and an event time up to `observedThrough`. If several do, the
 * one with the smallest `observedThrough` holds it, since each later one covers it too: when its holder is undone, the fact moves to
 * the next.
 */
export function indexCorrections(discards: readonly DiscardedCounts[], resets: readonly ResetMarks[]): Corrections {
  if (discards.length + resets.length === 0) return noCorrections;
  const byLane = Map.groupBy([...discards].sort(byReach), ({ eventType, dc }) => laneKey(eventType, dc));
  const byDatacenter = Map.groupBy([...resets].sort(byReach), ({ dc }) => dc);
  return {
    findCountHolder: (fact) =>
      byLane.get(laneKey(fact.eventType, fact.dc))?.find((each) => coversCount(each, fact))?.id ?? null,
    findMarkHolder: (fact) => byDatacenter.get(fact.dc)?.find((each) => coversMark(each, fact))?.id ?? null,
  };
}

function coversCount(discard: DiscardedCounts, fact: CountFact): boolean {
  return (
    fact.time <= discard.observedThrough &&
    (discard.stage === null || discard.stage === fact.stage) &&
    (discard.reporter === null || discard.reporter === fact.reporter) &&
    (discard.from === null || fact.hour >= discard.from) &&
    (discard.to === null || fact.hour < discard.to)
  );
}

function coversMark(reset: ResetMarks, fact: MarkFact): boolean {
  return (
    fact.time <= reset.observedThrough &&
    (reset.eventType === null || reset.eventType === fact.eventType) &&
    fact.closedThrough > reset.after
  );
}

type Reach = Pick<HolderScope, "id" | "observedThrough">;

function byReach(a: Reach, b: Reach): number {
  return a.observedThrough.getTime() - b.observedThrough.getTime() || a.id - b.id;
}

function laneKey(eventType: string, dc: string): string {
  return `${eventType}\0${dc}`;
}
