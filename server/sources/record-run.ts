import type { Sql } from "#server/db/database.ts";

interface Run {
  readonly source: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** null: it did not fail. */
  readonly error: string | null;
  readonly problems: readonly string[];
  /** null: as they were, because it failed. */
  readonly counts: { calls: number; events: number; mapped: number; notMapped: number } | null;
}

/** More than a page shows, or anyone reads. */
const maxProblems = 50;
const maxSentence = 1_000;

const clip = (text: string) => (text.length <= maxSentence ? text : `${text.slice(0, maxSentence).toWellFormed()}…`);

/** Keeps the outcome of a source's last collection. A source that was deleted meanwhile has none. */
export async function recordRun(sql: Sql, { source, startedAt, endedAt, error, problems, counts }: Run): Promise<void> {
  const shown = problems.slice(0, maxProblems).map(clip);
  const { calls = null, events = null, mapped = null, notMapped = null } = counts ?? {};
  const why = error === null ? null : clip(error);
  const rest = problems.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more problems are not shown.`] : shown;
  await sql.query(
    `INSERT INTO source_run AS old (source, started_at, ended_at, succeeded_at, failing_since, error, problems, calls, events, mapped, not_mapped)
     SELECT name, $2, $3, CASE WHEN $4::text IS NULL THEN $3::timestamptz END, CASE WHEN $4::text IS NOT NULL THEN $2::timestamptz END,
            $4, $5, coalesce($6::int, 0), coalesce($7::int, 0), coalesce($8::int, 0), coalesce($9::int, 0)
       FROM source WHERE name = $1
     ON CONFLICT (source) DO UPDATE SET
       started_at = excluded.started_at, ended_at = excluded.ended_at,
       succeeded_at = coalesce(excluded.succeeded_at, old.succeeded_at),
       failing_since = CASE WHEN excluded.failing_since IS NOT NULL THEN coalesce(old.failing_since, excluded.failing_since) END,
       error = excluded.error, problems = excluded.problems,
       calls = coalesce($6, old.calls), events = coalesce($7, old.events),
       mapped = coalesce($8, old.mapped), not_mapped = coalesce($9, old.not_mapped)`,
    [source, startedAt, endedAt, why, JSON.stringify(all), calls, events, mapped, notMapped],
  );
}
