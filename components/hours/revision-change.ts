import { formatCount } from "#components/ui/number-format.ts";
import type { RevisionJson } from "#domain/api/verdict.ts";

const figures = ["produced", "delivered", "lost", "duplicated", "skewed"] as const;

/** What a revision changed: "closing → verifying, delivered 10 → 12". `before` is null for the first. */
export function describeChange(before: RevisionJson | null, after: RevisionJson): string {
  if (!before) return `first verdict: ${after.state}`;
  const changes: string[] = [];
  if (before.state !== after.state) changes.push(`${before.state} → ${after.state}`);
  for (const figure of figures) {
    if (before[figure] !== after[figure]) {
      changes.push(`${figure} ${formatCount(before[figure])} → ${formatCount(after[figure])}`);
    }
  }
  if (before.closedAt !== after.closedAt) changes.push(after.closedAt ? "closing time changed" : "no longer closed");
  if (before.deadlineAt !== after.deadlineAt) changes.push("deadline changed");
  // What remains are the datacenters' own figures: losses and gains with the same totals.
  return changes.length > 0 ? changes.join(", ") : "datacenters’ shares changed, the totals did not";
}
