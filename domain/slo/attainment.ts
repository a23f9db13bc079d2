import type { Measure, SloStatus } from "../slo-measures.ts";
import { addCounts, type SloCounts } from "./counts.ts";

/** The objectives as shares, above 0 and up to 1; null: no objective. */
export type Objectives = Readonly<Record<Measure, number | null>>;

/** Hours or events against their objective. */
export interface Share {
  readonly counted: number;
  readonly good: number;
  readonly bad: number;
  /** good ÷ counted; null if nothing counts. */
  readonly attainment: number | null;
  /** null without an objective. */
  readonly budget: Budget | null;
}

export interface Budget {
  /** The error budget of the whole period: future hours count, events only as they come. */
  readonly allowed: number;
  /** Based on what counts so far. */
  readonly allowedSoFar: number;
  readonly spent: number;
  /** The share left, negative if overspent; null if the budget is zero. */
  readonly remaining: number | null;
}

export interface Attainment {
  /** The combined objective of several types; null if none has one. */
  readonly objective: number | null;
  /** What the status is based on: hours, or events for skew, where hours are too coarse. */
  readonly basis: "hours" | "events";
  readonly status: SloStatus;
  readonly hours: Share;
  readonly events: Share;
  /** Hours whose outcome is unknown. */
  readonly unverifiedHours: number;
}

/** One type in one period. */
export interface Promised {
  readonly counts: SloCounts;
  /** In the whole period, see promisedHours. */
  readonly promisedHours: number;
  readonly objectives: Objectives;
}

interface Tally {
  counted: number;
  good: number;
  allowed: number;
  allowedSoFar: number;
  spent: number;
  /** Everything that can have an objective. */
  promised: number;
}

/** How well several types together met an objective: each by its own, so that budgets add up. */
export function attain(measure: Measure, types: readonly Promised[]): Attainment {
  const hours = emptyTally();
  const events = emptyTally();
  let promisedUnverified = 0;
  for (const { counts, promisedHours, objectives } of types) {
    const objective = objectives[measure];
    const unverified = measure === "completeness" ? counts.unverifiedHours : 0;
    add(hours, hoursOf(measure, counts), objective, Math.max(0, promisedHours - counts.excusedHours - unverified));
    add(events, eventsOf(measure, counts), objective, 0);
    if (objective !== null) promisedUnverified += unverified;
  }
  const basis = measure === "skew" ? "events" : "hours";
  const basisTally = basis === "hours" ? hours : events;
  const counts = addCounts(types.map((type) => type.counts));
  return {
    objective: hours.promised > 0 ? round(1 - hours.allowed / hours.promised) : firstObjective(measure, types),
    basis,
    status: statusOf(
      basisTally,
      types.some(({ objectives }) => objectives[measure] !== null),
      promisedUnverified,
    ),
    hours: shareOf(hours, types, measure),
    events: shareOf(events, types, measure),
    unverifiedHours: measure === "completeness" ? counts.unverifiedHours : 0,
  };
}

/** Counted and good hours. */
export function hoursOf(measure: Measure, counts: SloCounts): { counted: number; good: number } {
  if (measure === "timeliness") return { counted: counts.dueHours, good: counts.metHours };
  if (measure === "completeness") return { counted: counts.provenHours, good: counts.completeHours };
  return { counted: counts.settledHours, good: counts.inPlaceHours };
}

/** Counted and good events. */
export function eventsOf(measure: Measure, counts: SloCounts): { counted: number; good: number } {
  if (measure === "timeliness") return { counted: counts.dueEvents, good: counts.metEvents };
  if (measure === "completeness")
    return { counted: counts.producedEvents, good: counts.producedEvents - counts.lostEvents };
  return { counted: counts.deliveredEvents, good: counts.deliveredEvents - counts.skewedEvents };
}

function emptyTally(): Tally {
  return { counted: 0, good: 0, allowed: 0, allowedSoFar: 0, spent: 0, promised: 0 };
}

function add(
  tally: Tally,
  { counted, good }: { counted: number; good: number },
  objective: number | null,
  whole: number,
) {
  tally.counted += counted;
  tally.good += good;
  if (objective === null) return;
  const promised = Math.max(counted, whole);
  tally.promised += promised;
  tally.allowed += (1 - objective) * promised;
  tally.allowedSoFar += (1 - objective) * counted;
  tally.spent += counted - good;
}

/** What binary error leaves beyond a figure that is exact in decimals does not overspend a budget. */
const slack = 1e-6;

function statusOf(tally: Tally, isPromised: boolean, unverified: number): SloStatus {
  if (!isPromised) return "no_objective";
  if (tally.counted === 0) return unverified > 0 ? "unknown" : "no_data";
  if (tally.spent > tally.allowed + slack) return "missed";
  if (tally.spent + unverified > tally.allowed + slack && unverified > 0) return "unknown";
  return tally.spent > tally.allowedSoFar + slack ? "at_risk" : "kept";
}

function shareOf(tally: Tally, types: readonly Promised[], measure: Measure): Share {
  const { counted, good } = tally;
  const isPromised = types.some(({ objectives }) => objectives[measure] !== null);
  return {
    counted,
    good,
    bad: counted - good,
    attainment: counted > 0 ? good / counted : null,
    budget: isPromised
      ? {
          allowed: round(tally.allowed),
          allowedSoFar: round(tally.allowedSoFar),
          spent: tally.spent,
          remaining: tally.allowed > slack ? round(1 - tally.spent / tally.allowed) : null,
        }
      : null,
  };
}

/** Before anything counts, the objective still exists. */
function firstObjective(measure: Measure, types: readonly Promised[]): number | null {
  return types.find(({ objectives }) => objectives[measure] !== null)?.objectives[measure] ?? null;
}

function round(figure: number): number {
  return Math.round(figure * 1e9) / 1e9;
}
