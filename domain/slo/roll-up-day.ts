import { defaultTolerance } from "../catalogue/defaults.ts";
import { finalStates } from "../revision.ts";
import { causesOf, type Deployed, type SloCause, sumCauses } from "./causes.ts";
import { noCounts, type SloCounts } from "./counts.ts";
import type { SloHour } from "./slo-hour.ts";

export interface SloDay {
  readonly counts: SloCounts;
  readonly causes: readonly SloCause[];
  /** When time alone next changes how the hours count; null if it never will. */
  readonly maturesAt: Date | null;
}

/**
 * What the hours of one type's day add up to at an instant. An hour before its deadline is left out however good it is: otherwise
 * a running month would consist of its quick hours only.
 */
export function rollUpDay(hours: readonly SloHour[], now: Date, deployed: readonly Deployed[] = []): SloDay {
  const counts = noCounts();
  const causes: SloCause[] = [];
  let maturesAt: Date | null = null;
  for (const hour of hours) {
    if (now <= hour.deadlineAt) {
      const dueAt = new Date(hour.deadlineAt.getTime() + 1);
      if (!maturesAt || dueAt < maturesAt) maturesAt = dueAt;
    } else if (hour.excused) counts.excusedHours += 1;
    else {
      countTimeliness(counts, hour);
      if (finalStates.has(hour.state)) countFigures(counts, hour);
      causes.push(...causesOf(hour, deployed));
    }
  }
  return { counts, causes: sumCauses(causes), maturesAt };
}

function countTimeliness(counts: SloCounts, hour: SloHour): void {
  const events = Math.max(hour.produced, hour.delivered);
  counts.dueHours += 1;
  counts.dueEvents += events;
  if (!isMet(hour)) return;
  counts.metHours += 1;
  counts.metEvents += events;
}

function countFigures(counts: SloCounts, hour: SloHour): void {
  counts.settledHours += 1;
  counts.deliveredEvents += hour.delivered;
  counts.skewedEvents += hour.skewed;
  if (hour.skewed <= hour.delivered * defaultTolerance) counts.inPlaceHours += 1;
  // Unknown is never zero: losses against an unknown count are not a figure.
  if (!hour.known) counts.unverifiedHours += 1;
  else {
    counts.provenHours += 1;
    counts.producedEvents += hour.produced;
    counts.lostEvents += hour.lost;
    counts.duplicatedEvents += hour.duplicated;
    if (hour.state === "complete") counts.completeHours += 1;
  }
}

/** Closed by its deadline. */
function isMet({ closedAt, deadlineAt }: Pick<SloHour, "closedAt" | "deadlineAt">): boolean {
  return closedAt !== null && closedAt <= deadlineAt;
}
