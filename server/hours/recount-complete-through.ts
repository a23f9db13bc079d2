import type { Sql } from "#server/db/database.ts";

/** Finds the last hour of the unbroken run of complete hours from each type's start. The caller holds the types' rows. */
export async function recountCompleteThrough(tx: Sql, eventTypeIds: readonly number[]): Promise<void> {
  if (eventTypeIds.length === 0) return;
  await tx.query(
    `UPDATE event_type t SET complete_through = nullif(run.ends_before, t.active_from) - interval '1 hour'
       FROM (SELECT id, coalesce((SELECT v.hour FROM verdict v
                                   WHERE v.event_type_id = e.id AND v.state <> 'complete' AND v.hour >= e.active_from
                                   ORDER BY v.hour LIMIT 1), e.hours_through) AS ends_before
               FROM event_type e WHERE e.id = ANY ($1)) run
      WHERE t.id = run.id
        AND t.complete_through IS DISTINCT FROM nullif(run.ends_before, t.active_from) - interval '1 hour'`,
    [eventTypeIds],
  );
}
