import type { Sql } from "./database.ts";

/**
 * Facts of hours before this were dropped by retention; null: none were. An hour before it cannot be judged again, because what is
 * merged now would be all that it has.
 */
export async function readFactsKeptFrom(sql: Sql): Promise<Date | null> {
  const { rows } = await sql.query<{ from: Date | null }>(
    `SELECT max(month + interval '1 month') AT TIME ZONE 'UTC' AS from FROM partition_month WHERE facts_dropped_at IS NOT NULL`,
  );
  return rows[0]?.from ?? null;
}
