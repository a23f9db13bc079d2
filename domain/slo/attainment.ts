import { addCounts, type SloCounts } from "./counts.ts";

export const measures = ["timeliness", "completeness", "skew"] as const;
export type Measure = (typeof measures)[number];

/** The shares that are promised, above 0 and up to 1; null: nothing is. */
export type Objectives = Readonly<Record<Measure, number | null>>;

/*
 * How a promise stands, the first line that holds:
 *
 *   status        when
 *   no_objective  nothing is promised
 *   no_data       nothing counts yet
 *   missed        more is bad than the objective allows in the whole period
 *   unknown       it would be, were the unverified hours bad
 *   at_risk       more is bad than the objective allows of what counts so far
 *   kept          else
 */
export const sloStatuses = ["no_objective", "no_data", "missed", "unknown", "at_risk", "kept"] as const;
export type SloStatus = (typeof sloStatuses)[number];

/** Hours or events against what is promised of them. */
export interface Share {
  readonly counted: number;
  readonly good: number;
  readonly bad: number;
  /** good ÷ counted; null when nothing counts. */
  readonly attainment: number | null;
  /** null without an objective. */
  readonly budget: Budget | null;
}

export interface Budget {
  /** What may be bad in the whole period: hours to come count, events only as they come. */
  readonly allowed: number;
  /** Of what counts so far. */
  readonly allowedSoFar: number;
  readonly spent: number;
  /** The share that is left, negative when overspent; null when nothing may be bad. */
  readonly remaining: number | null;
}

export interface Attainment {
  /** Of several types together what their objectives come to; null when none has one. */
  readonly objective: number | null;
  /** What the status goes by: hours, or events for skew, of which hours are a coarse measure. */
  readonly basis: "hours" | "events";
  readonly status: SloStatus;
  readonly hours: Share;
  readonly events: Share;
  /** Hours of which nobody can say. */
  readonly unverifiedHours: number;
}

/** Of one type in one period. */
export interface Promised {
  readonly counts: SloCounts;
  /** Of the whole period, see promisedHours. */
  readonly promisedHours: number;
  readonly objectives: Objectives;
}

interface Tally {
  counted: number;
  good: number;
  allowed: number;
  allowedSoFar: number;
  spent: number;
  /** Everything that an objective is promised of. */
  promised: number;
}

/** How well types together kept a promise: each by its own objective, so that budgets add up. */
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

/** What binary fractions leave beyond a figure that is exact in decimals is no overdraft. */
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

/** Before anything counts, what is promised still stands. */
function firstObjective(measure: Measure, types: readonly Promised[]): number | null {
  return types.find(({ objectives }) => objectives[measure] !== null)?.objectives[measure] ?? null;
}

function round(figure: number): number {
  return Math.round(figure * 1e9) / 1e9;
}
