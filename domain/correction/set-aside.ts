import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol/messages.ts";

interface SettingAside {
  id: number;
  dc: string;
  /** What was observed up to here is set aside. */
  observedThrough: Date;
}

/** The stored scope of a correction in force; null: any, or without a bound. */
export interface HolderScope extends SettingAside {
  eventType: string | null;
  stage: Stage | null;
  reporter: string | null;
  from: Hour | null;
  to: Hour | null;
  after: Date | null;
}

export type Holder = { counts: DiscardedCounts } | { marks: ResetMarks };

/** null in the scope: any. */
export interface DiscardedCounts extends SettingAside {
  eventType: string;
  stage: Stage | null;
  reporter: string | null;
  /** Included; null: without a bound. */
  from: Hour | null;
  /** Excluded. */
  to: Hour | null;
}

export interface ResetMarks extends SettingAside {
  /** null: every type. */
  eventType: string | null;
  /** Marks that close an hour ending later than this are set aside. */
  after: Date;
}

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

function byReach(a: SettingAside, b: SettingAside): number {
  return a.observedThrough.getTime() - b.observedThrough.getTime() || a.id - b.id;
}

function laneKey(eventType: string, dc: string): string {
  return `${eventType}\0${dc}`;
}
