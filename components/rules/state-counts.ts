import type { RuleJson } from "#domain/api/alerts.ts";

/** "3 firing, 1 pending"; "" while all its alerts are normal. Most urgent first. */
export function stateCounts({ firing, recovering, pending, noData, error }: RuleJson["states"]): string {
  return Object.entries({ firing, recovering, pending, "with no data": noData, "in error": error })
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
}
