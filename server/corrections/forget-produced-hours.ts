import { spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/** Once no produced count of any type is left, the datacenter's silence is unknown again for every type. */
export async function forgetProducedHours(tx: Sql, datacenterId: number, hours: readonly Date[]): Promise<void> {
  if (hours.length === 0) return;
  await tx.query(
    `WITH forgotten AS (
       DELETE FROM produced_hour p
        WHERE p.datacenter_id = $1 AND p.hour = ANY ($2) AND p.hour BETWEEN $3 AND $4
          AND NOT EXISTS (
            -- the limit keeps this a probe for each type: totals have no index that begins with the hour
            SELECT FROM event_type t CROSS JOIN LATERAL (
              SELECT FROM lane_total l
               WHERE l.event_type_id = t.id AND l.hour = p.hour AND l.datacenter_id = p.datacenter_id AND l.stage = 1
                 -- lets the planner leave other months' partitions out
                 AND l.hour BETWEEN $3 AND $4 LIMIT 1) l)
       RETURNING hour
     )
     INSERT INTO dirty_hour (event_type_id, hour)
     SELECT t.id, f.hour FROM forgotten f
       JOIN event_type t ON t.claimed_at IS NOT NULL AND f.hour >= t.active_from
                        AND (t.active_to IS NULL OR f.hour < t.active_to)`,
    [datacenterId, hours, ...spanOf(hours)],
  );
}
