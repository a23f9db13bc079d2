/**
 * What hours add to service levels: sums, so that days add up to months and types to tiers. An hour counts for timeliness
 * once its deadline is over ("due"), for completeness and skew once it is also final.
 */
export interface SloCounts {
  /** Due hours that were excused: they count nowhere else. */
  excusedHours: number;
  dueHours: number;
  /** Closed by the deadline. */
  metHours: number;
  dueEvents: number;
  metEvents: number;
  /** Final, and every datacenter's produced count is known. */
  provenHours: number;
  /** Of proven hours, those with a complete verdict: lost and duplicated within tolerance. */
  completeHours: number;
  /** Final, and a datacenter's produced count is unknown: neither good nor bad, but always shown. */
  unverifiedHours: number;
  /** Of proven hours. */
  producedEvents: number;
  lostEvents: number;
  duplicatedEvents: number;
  /** Final. */
  settledHours: number;
  /** Of them, those with next to no events in another hour's bucket. */
  inPlaceHours: number;
  deliveredEvents: number;
  skewedEvents: number;
}

export const sloCountFields = [
  "excusedHours",
  "dueHours",
  "metHours",
  "dueEvents",
  "metEvents",
  "provenHours",
  "completeHours",
  "unverifiedHours",
  "producedEvents",
  "lostEvents",
  "duplicatedEvents",
  "settledHours",
  "inPlaceHours",
  "deliveredEvents",
  "skewedEvents",
] as const satisfies readonly (keyof SloCounts)[];

export function noCounts(): SloCounts {
  return Object.fromEntries(sloCountFields.map((field) => [field, 0])) as unknown as SloCounts;
}

export function addCounts(all: Iterable<SloCounts>): SloCounts {
  const total = noCounts();
  for (const counts of all) for (const field of sloCountFields) total[field] += counts[field];
  return total;
}

export function countsDiffer(one: SloCounts, other: SloCounts): boolean {
  return sloCountFields.some((field) => one[field] !== other[field]);
}
