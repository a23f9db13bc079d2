import type { Sql } from "#server/db/database.ts";

/** Records whose verdicts this transaction writes, for in-memory caches (board-memory). The caller holds the types' row locks. */
export async function markVerdictsChanged(tx: Sql, eventTypeIds: Iterable<number>, now: Date): Promise<void> {
  const ids = [...new Set(eventTypeIds)];
  if (ids.length === 0) return;
  await tx.query(
    `INSERT INTO verdict_change (event_type_id, changed_at)
     SELECT id, $2 FROM unnest($1::int[]) AS n(id) ORDER BY id
     ON CONFLICT (event_type_id) DO UPDATE SET changed_at = excluded.changed_at`,
    [ids, now],
  );
}
