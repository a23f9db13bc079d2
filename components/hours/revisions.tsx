import page from "#components/ui/page.module.css";
import { StateWord } from "#components/ui/state-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { RevisionJson } from "#domain/api/verdict.ts";
import styles from "./hour-view.module.css";
import { describeChange } from "./revision-change.ts";

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
