import type { Sql } from "#server/db/database.ts";

/** Forgets instances that were not heard since an instant: where each start has a name of its own, they would pile up for ever. */
export async function forgetInstances(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query("DELETE FROM component_instance WHERE last_seen_at < $1", [before]);
  return rowCount ?? 0;
}

/** Adds up what ingesting processes took in that did not commit since an instant: each start makes a row, and what they all took in stays. */
export async function forgetIngestWorkers(sql: Sql, before: Date): Promise<void> {
  await sql.query(
    `WITH gone AS (
       DELETE FROM ingest_worker WHERE last_ingest_at < $1 AND instance <> $2 RETURNING *
     )
     INSERT INTO ingest_worker AS w (instance, last_ingest_at, messages, rejected)
     SELECT $2, max(last_ingest_at), sum(messages), sum(rejected) FROM gone HAVING count(*) > 0
     ON CONFLICT (instance) DO UPDATE SET last_ingest_at = greatest(w.last_ingest_at, excluded.last_ingest_at),
       messages = w.messages + excluded.messages, rejected = w.rejected + excluded.rejected`,
    [before, earlierWorkers],
  );
}

/** No process is called so: theirs are a host and a number. */
const earlierWorkers = "earlier";
