import type { VerdictState } from "./verdict.ts";

export interface TypeAtRisk {
  deadlineSeconds: number;
  /** Now minus the end of its oldest ended hour that is not closed; null if all are closed. */
  delaySeconds: number | null;
  /** The states of its last 24 hours. */
  recentStates: readonly VerdictState[];
  /** How many of them closed after their deadline. */
  missedDeadlines: number;
}

/*
 * How close a type is to breaking a promise, or how badly it broke one. The bands never overlap, so the board ranks
 *
 *   risk            when                                                    within the band, first
 *   2 and above     an ended hour is not closed beyond its deadline         how many deadlines long it has been open
 *   1.75 to 2       a day's hour is incomplete: events are lost for good    the more such hours
 *   1.5 to 1.75     a day's hour is overcounted                             the more such hours
 *   1.25 to 1.5     a day's hour is unverified: its loss is unknown         the more such hours
 *   1 to 1.25       a day's hour closed after its deadline                  the more such hours, then the more of one is used
 *   0 to 1          an ended hour is not closed, within its deadline        the more of the deadline is used
 *   0               calm
 *
 * Delays are measured in deadlines: two hours over a deadline of two hours come before two hours over one of three days.
 */
export function riskOf({ deadlineSeconds, delaySeconds, recentStates, missedDeadlines }: TypeAtRisk): number {
  const used = delaySeconds === null ? 0 : Math.max(0, delaySeconds) / deadlineSeconds;
  if (used > 1) return 1 + used;
  for (const [state, floor] of brokenFloors) {
    let hours = 0;
    for (const each of recentStates) if (each === state) hours += 1;
    if (hours > 0) return withinBand(floor, hours);
  }
  if (missedDeadlines > 0) return withinBand(1, missedDeadlines) + 0.009 * Math.min(used, 1);
  return Math.min(used, 0.999);
}

/** 24 hours stay below the next band's floor. */
function withinBand(floor: number, hours: number): number {
  return floor + Math.min(hours, 24) / 100;
}

const brokenFloors: readonly (readonly [VerdictState, number])[] = [
  ["incomplete", 1.75],
  ["overcounted", 1.5],
  ["unverified", 1.25],
];

/** The state that represents several hours: the first of these that any of them has; null for none. */
export function worstState(states: Iterable<VerdictState>): VerdictState | null {
  const present = new Set(states);
  return severity.find((state) => present.has(state)) ?? null;
}

const severity: readonly VerdictState[] = ["late", "incomplete", "overcounted", "unverified"];
