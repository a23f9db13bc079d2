import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { StateWord } from "#components/ui/state-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { RevisionJson } from "#domain/api/verdict.ts";
import styles from "./hour-view.module.css";

/** What was known when, newest first. `revisions` are oldest first, as the API lists them. */
export function Revisions({ revisions, asOf }: { revisions: readonly RevisionJson[]; asOf: string }) {
  if (revisions.length === 0) {
    return <p className={page.quiet}>No revisions yet. The first is written at the first change of state.</p>;
  }
  return (
    <ol className={styles.revisions}>
      {revisions
        .map((revision, index) => ({ revision, change: describeChange(revisions[index - 1] ?? null, revision) }))
        .reverse()
        .map(({ revision, change }) => (
          <li key={revision.revision}>
            <span className={page.quiet}>
              <Time at={revision.knownAt} relativeTo={asOf} />
            </span>
            <span>
              <StateWord state={revision.state} amended={revision.amended} />
            </span>
            <span>
              <span className={page.quiet}>revision {revision.revision}:</span> {change}
            </span>
          </li>
        ))}
    </ol>
  );
}

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
