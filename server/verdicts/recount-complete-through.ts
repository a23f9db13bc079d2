import type { Sql } from "#server/db/database.ts";

/**
 * Finds the last hour of the unbroken run of complete or accepted hours from each type's start. An hour not created yet ends the run:
 * of a long past the newest hours are created first. The caller holds the types' row locks.
 */
export async function recountCompleteThrough(tx: Sql, eventTypeIds: readonly number[]): Promise<void> {
  if (eventTypeIds.length === 0) return;
  await tx.query(
    `UPDATE event_type t SET complete_through = nullif(run.ends_before, t.active_from) - interval '1 hour'
       FROM (SELECT id,
                    -- least passes over what there is not
                    least((SELECT v.hour FROM verdict v
                            WHERE v.event_type_id = e.id AND v.state <> 'complete' AND v.accepted_by_correction IS NULL
                              AND v.hour >= e.active_from
                            ORDER BY v.hour LIMIT 1),
                          (SELECT min(k.from_hour) FROM hour_task k
                            WHERE k.event_type_id = e.id AND k.action = 'create' AND k.next_hour > k.from_hour),
                          e.hours_through) AS ends_before
               FROM event_type e WHERE e.id = ANY ($1)) run
      WHERE t.id = run.id
        AND t.complete_through IS DISTINCT FROM nullif(run.ends_before, t.active_from) - interval '1 hour'`,
    [eventTypeIds],
  );
}
