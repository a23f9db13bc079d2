import type { Sql } from "#server/db/database.ts";

/** Forgets instances that were not heard since an instant: where each start has a name of its own, they would pile up for ever. */
export async function forgetInstances(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query("DELETE FROM component_instance WHERE last_seen_at < $1", [before]);
  return rowCount ?? 0;
}
