import type { DelayedHour } from "#domain/situation.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

const delayedRows = bulkRows({ eventType: "text", hour: "timestamptz", expectedBy: "timestamptz" });

/** Adds what the lanes of an open incident hold up, or have held up, to its affected hours. Returns how many were new. */
export async function addDelayedHours(
  sql: Sql,
  incidentId: bigint,
  delayed: readonly DelayedHour[],
  now: Date,
): Promise<number> {
  if (delayed.length === 0) return 0;
  const { rowCount } = await sql.query(
    `INSERT INTO incident_hour (incident_id, event_type_id, hour, added_at)
     SELECT i.id, t.id, n.hour, $2
       FROM ${delayedRows.from("n", 3)}
       JOIN event_type t ON t.name = n.event_type
       JOIN incident i ON i.id = $1 AND i.state <> 'resolved'
      -- a type that was not active then has no such hour, and a marker may have closed it in time
      WHERE EXISTS (SELECT FROM verdict v WHERE v.event_type_id = t.id AND v.hour = n.hour
                                            AND (v.closed_at IS NULL OR v.closed_at > n.expected_by))
      ORDER BY 1, 2, 3
     ON CONFLICT DO NOTHING`,
    [incidentId, now, ...delayedRows.values(delayed)],
  );
  return rowCount ?? 0;
}
