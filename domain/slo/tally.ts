import type { SloShareJson } from "../api/slo.ts";
import type { Measure } from "../slo-measures.ts";
import type { SloCounts } from "./counts.ts";

type Budget = NonNullable<SloShareJson["budget"]>;

interface Sum {
  counted: number;
  good: number;
  /** In the whole period, those to come included. */
  promised: number;
}

/** What one measure counts of several types. */
export interface Tally {
  readonly hours: Sum;
  readonly events: Sum;
  excused: number;
  /** Hours of completeness that are final and whose outcome is unknown. */
  unverified: number;
  /** Hours of completeness that are due and not final. */
  unsettled: number;
  isRunning: boolean;
}

/** What binary error leaves beyond a figure that is exact in decimals does not overspend a budget. */
export const slack = 1e-6;

export function emptyTally(): Tally {
  const none = () => ({ counted: 0, good: 0, promised: 0 });
  return { hours: none(), events: none(), excused: 0, unverified: 0, unsettled: 0, isRunning: false };
}

interface Part {
  readonly counts: SloCounts;
  readonly promisedHours: number;
  readonly isRunning: boolean;
}

export function addPart(tally: Tally, measure: Measure, { counts, promisedHours, isRunning }: Part): void {
  const isCompleteness = measure === "completeness";
  const unverified = isCompleteness ? counts.unverifiedHours : 0;
  addSum(tally.hours, hoursOf(measure, counts), Math.max(0, promisedHours - counts.excusedHours - unverified));
  addSum(tally.events, eventsOf(measure, counts), 0);
  tally.excused += counts.excusedHours;
  tally.unverified += unverified;
  if (isCompleteness) tally.unsettled += Math.max(0, counts.dueHours - counts.provenHours - counts.unverifiedHours);
  tally.isRunning ||= isRunning;
}

export function budgetOf(tally: Tally, basis: "hours" | "events", objective: number): Budget {
  const { counted, good, promised } = tally[basis];
  const allowed = (1 - objective) * promised;
  const spent = counted - good;
  return {
    allowed: round(allowed),
    allowedSoFar: round((1 - objective) * counted),
    spent,
    remaining: allowed > slack ? round(1 - spent / allowed) : null,
  };
}

function addSum(sum: Sum, { counted, good }: { counted: number; good: number }, whole: number): void {
  sum.counted += counted;
  sum.good += good;
  sum.promised += Math.max(counted, whole);
}

function hoursOf(measure: Measure, counts: SloCounts): { counted: number; good: number } {
  if (measure === "timeliness") return { counted: counts.dueHours, good: counts.metHours };
  if (measure === "completeness") return { counted: counts.provenHours, good: counts.completeHours };
  return { counted: counts.settledHours, good: counts.inPlaceHours };
}

function eventsOf(measure: Measure, counts: SloCounts): { counted: number; good: number } {
  if (measure === "timeliness") return { counted: counts.dueEvents, good: counts.metEvents };
  if (measure === "completeness")
    return { counted: counts.producedEvents, good: counts.producedEvents - counts.lostEvents };
  return { counted: counts.deliveredEvents, good: counts.deliveredEvents - counts.skewedEvents };
}

function round(figure: number): number {
  return Math.round(figure * 1e9) / 1e9;
}
