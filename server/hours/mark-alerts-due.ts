import type { Sql } from "#server/db/database.ts";

/** Asks time's tick to look at these types' rules with their closed hours. null: at all of them. */
export async function markAlertsDue(sql: Sql, eventTypeIds: readonly number[] | null, now: Date): Promise<void> {
  await sql.query(
    `INSERT INTO alert_due (event_type_id, due_at)
     SELECT id, $2 FROM event_type WHERE claimed_at IS NOT NULL AND ($1::int[] IS NULL OR id = ANY ($1)) ORDER BY id
     -- asked for already
     ON CONFLICT (event_type_id) DO NOTHING`,
    [eventTypeIds, now],
  );
}
