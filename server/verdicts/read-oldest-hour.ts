import type { Sql } from "#server/db/database.ts";

/**
 * The start of the oldest month with report partitions; null on an empty database. Retention drops whole months: earlier hours keep
 * their verdicts, because their facts to judge them again are gone.
 */
export async function readOldestHour(sql: Sql): Promise<Date | null> {
  const { rows } = await sql.query<{ oldest: Date | null }>(
    `SELECT min(to_date(right(child.relname, 7), 'YYYY_MM')::timestamp AT TIME ZONE 'UTC') AS oldest
       FROM pg_inherits i
       JOIN pg_class child ON child.oid = i.inhrelid
      WHERE i.inhparent = 'public.report'::regclass`,
  );
  return rows[0]?.oldest ?? null;
}
