import type { Sql } from "#server/db/database.ts";

/** Changed days of types, not added up yet. */
export async function countPendingDays(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ days: number }>(
    "SELECT count(*)::int AS days FROM (SELECT DISTINCT event_type_id, day FROM slo_dirty_day) d",
  );
  return rows[0]?.days ?? 0;
}
