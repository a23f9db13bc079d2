import type { Sql } from "#server/db/database.ts";

/**
 * Marks these types' rules for evaluation with their closed hours, and wakes the evaluators. null: all types. An existing mark is enough
 * if its row can be locked until this transaction ends: whoever takes it then sees what is written here. If an evaluator
 * has it locked, this does not wait; it adds another mark. `traceparents`: by type; an existing mark keeps its own.
 */
export async function markAlertsDue(
  tx: Sql,
  eventTypeIds: readonly number[] | null,
  now: Date,
  traceparents: ReadonlyMap<number, string> | null = null,
): Promise<void> {
  if (eventTypeIds?.length === 0) return;
  await tx.query(
    `WITH held AS (
       SELECT event_type_id FROM alert_due
        WHERE $1::int[] IS NULL OR event_type_id = ANY ($1)
        ORDER BY id FOR KEY SHARE SKIP LOCKED
     )
     INSERT INTO alert_due (event_type_id, due_at, traceparent)
     SELECT id, $2, $3::jsonb ->> id::text FROM event_type
      WHERE claimed_at IS NOT NULL
        -- rules look at retired types no more
        AND (active_to IS NULL OR active_to > $2::timestamptz - interval '15 days')
        AND ($1::int[] IS NULL OR id = ANY ($1)) AND id NOT IN (SELECT event_type_id FROM held)
      ORDER BY id`,
    [eventTypeIds, now, traceparents && JSON.stringify(Object.fromEntries(traceparents))],
  );
  await tx.query("SELECT pg_notify('tidemark_alert_due', '')");
}
