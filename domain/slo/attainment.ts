import type { SloMeasureJson, SloPartJson, SloShareJson } from "../api/slo.ts";
import { gravestFirst, type Measure, type SloStatus } from "../slo-measures.ts";
import type { SloCounts } from "./counts.ts";
import { addPart, budgetOf, emptyTally, slack, type Tally } from "./tally.ts";

/** The objectives as shares, above 0 and up to 1; null: no objective. */
export type Objectives = Readonly<Record<Measure, number | null>>;

/** A measure before it is compared with the month before. */
type Attainment = Omit<SloMeasureJson, "change">;

/** Types with the same terms in one period. */
export interface Promised {
  readonly tier: string;
  readonly counts: SloCounts;
  /** In the whole period, see promisedHours. */
  readonly promisedHours: number;
  /** Hours of the period are still to come or to fall due. */
  readonly isRunning: boolean;
  /** What they are held to here. */
  readonly objectives: Objectives;
}

/**
 * How well types met their objectives. An objective applies to what it was set for: several are never combined into one that was not
 * set, and the status of several is the gravest.
 */
export function attain(measure: Measure, types: readonly Promised[]): Attainment {
  const basis = measure === "skew" ? "events" : "hours";
  const groups = [
    ...Map.groupBy(types, ({ tier, objectives }) => JSON.stringify([tier, objectives[measure]])).values(),
  ];
  const isOne = groups.length <= 1 || types.every(({ objectives }) => objectives[measure] === null);
  const alone = isOne ? (types[0]?.objectives[measure] ?? null) : null;
  const whole = tallyOf(measure, types);
  const parts = isOne ? [] : groups.map((group) => partOf(measure, basis, group, tallyOf(measure, group)));
  return {
    objective: alone,
    basis,
    status: isOne ? statusOf(whole, basis, alone) : gravest(parts),
    hours: shareOf(whole, "hours", alone),
    events: shareOf(whole, "events", alone),
    unverifiedHours: whole.unverified,
    parts: parts.sort((a, b) => (b.objective ?? 0) - (a.objective ?? 0) || (a.tier < b.tier ? -1 : 1)),
  };
}

function tallyOf(measure: Measure, types: readonly Promised[]): Tally {
  const tally = emptyTally();
  for (const type of types) addPart(tally, measure, type);
  return tally;
}

function gravest(parts: readonly SloPartJson[]): SloStatus {
  const found = new Set(parts.map(({ status }) => status));
  return gravestFirst.find((status) => found.has(status)) ?? "no_objective";
}

function partOf(measure: Measure, basis: "hours" | "events", group: readonly Promised[], tally: Tally): SloPartJson {
  const objective = group[0]?.objectives[measure] ?? null;
  const { counted, bad, attainment, budget } = shareOf(tally, basis, objective);
  return {
    tier: group[0]?.tier ?? "",
    objective,
    status: statusOf(tally, basis, objective),
    attainment,
    counted,
    bad,
    budget,
  };
}

function statusOf(tally: Tally, basis: "hours" | "events", objective: number | null): SloStatus {
  if (objective === null) return "no_objective";
  const { counted, good } = tally[basis];
  const { allowed, allowedSoFar } = budgetOf(tally, basis, objective);
  const spent = counted - good;
  const unknown = tally.unverified + (tally.isRunning ? 0 : tally.unsettled);
  if (counted === 0) {
    if (basis === "hours" && unknown > 0) return "unknown";
    return tally.excused > 0 && !tally.isRunning ? "excused" : "no_data";
  }
  // Events still to come raise what is allowed, hours to come are in it already.
  const isFinal = basis === "hours" || !tally.isRunning;
  if (isFinal && spent > allowed + slack) return "missed";
  if (basis === "hours" && unknown > 0 && spent + unknown > allowed + slack) return "unknown";
  if (!tally.isRunning) return "met";
  return spent > allowedSoFar + slack ? "at_risk" : "in_progress";
}

function shareOf(tally: Tally, basis: "hours" | "events", objective: number | null): SloShareJson {
  const { counted, good } = tally[basis];
  return {
    counted,
    good,
    bad: counted - good,
    attainment: counted > 0 ? good / counted : null,
    budget: objective === null ? null : budgetOf(tally, basis, objective),
  };
}
