import type { Sql } from "#server/db/database.ts";

/** Deletes instances not heard from since an instant: if each start has its own name, they accumulate without end. */
export async function forgetInstances(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query("DELETE FROM component_instance WHERE last_seen_at < $1", [before]);
  return rowCount ?? 0;
}

/** Folds ingest workers with no commit since an instant into one row: each start adds a row, and the total must be kept. */
export async function forgetIngestWorkers(sql: Sql, before: Date): Promise<void> {
  await sql.query(
    `WITH gone AS (
       DELETE FROM ingest_worker WHERE last_ingest_at < $1 AND instance <> $2 RETURNING *
     )
     INSERT INTO ingest_worker AS w (instance, last_ingest_at, messages, rejected, unstored)
     SELECT $2, max(last_ingest_at), sum(messages), sum(rejected), sum(unstored) FROM gone HAVING count(*) > 0
     ON CONFLICT (instance) DO UPDATE SET last_ingest_at = greatest(w.last_ingest_at, excluded.last_ingest_at),
       messages = w.messages + excluded.messages, rejected = w.rejected + excluded.rejected,
       unstored = w.unstored + excluded.unstored`,
    [before, earlierWorkers],
  );
}

/** Not a process name: those are a host and a number. */
const earlierWorkers = "earlier";
