import type { SloItemJson } from "../api/slo.ts";

/** The tier that is promised most: with the highest timeliness objective, then the most hours. Null if none has an objective. */
export function leadTier(tiers: readonly SloItemJson[]): SloItemJson | null {
  const [lead] = tiers.filter((tier) => promiseOf(tier) > 0).toSorted(mostPromisedFirst);
  return lead ?? null;
}

/** Highest objective first. */
export function mostPromisedFirst(a: SloItemJson, b: SloItemJson): number {
  return promiseOf(b) - promiseOf(a) || b.hours.promised - a.hours.promised || (a.name < b.name ? -1 : 1);
}

function promiseOf({ timeliness: { objective, parts } }: SloItemJson): number {
  return objective ?? Math.max(0, ...parts.map((part) => part.objective ?? 0));
}
