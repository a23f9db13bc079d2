import type { Sql } from "#server/db/database.ts";

/**
 * The start of the oldest month with facts: retention drops whole months. Earlier hours keep their verdicts, because their facts
 * to judge them again are gone.
 */
export async function readOldestFacts(sql: Sql): Promise<Date | null> {
  const { rows } = await sql.query<{ from: Date | null }>(
    `SELECT min(to_date(right(child.relname, 7), 'YYYY_MM')) AT TIME ZONE 'UTC' AS "from"
       FROM pg_inherits i JOIN pg_class child ON child.oid = i.inhrelid
      WHERE i.inhparent = 'public.report'::regclass`,
  );
  return rows[0]?.from ?? null;
}
