import type { Sql } from "#server/db/database.ts";
import { type LaneHourKey, laneHourColumns, laneHourKeys, recountReporterHours } from "./reporter-hours.ts";

/**
 * Rebuilds totals and reporter hours from the reports, after reports were moved or removed outside of a batch. The caller holds
 * the ingest gate exclusively; otherwise a concurrent writer would add its growth to a total that includes it.
 */
export async function recountTotals(tx: Sql, keys: readonly LaneHourKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `WITH key AS (
       SELECT DISTINCT * FROM ${laneHourKeys.from("k")}
     ), counted AS (
       -- reports, single and packed
       SELECT event_type_id, hour, datacenter_id, stage, landed_hour, sum(events) AS events
         FROM (SELECT event_type_id, hour, datacenter_id, stage, landed_hour, events FROM report
                WHERE hour BETWEEN $4 AND $5 AND (event_type_id, hour, datacenter_id) IN (TABLE key)
                UNION ALL
               SELECT r.event_type_id, r.hour, r.datacenter_id, u.stage, coalesce(u.landed_hour, r.hour), u.events
                 FROM report_packed r, unnest(r.stages, r.landed_hours, r.events) AS u(stage, landed_hour, events)
                WHERE r.hour BETWEEN $4 AND $5 AND (r.event_type_id, r.hour, r.datacenter_id) IN (TABLE key)) r
        GROUP BY 1, 2, 3, 4, 5
     ), gone AS (
       DELETE FROM lane_total l USING key k
        WHERE l.event_type_id = k.event_type_id AND l.hour = k.hour AND l.datacenter_id = k.datacenter_id
          AND l.hour BETWEEN $4 AND $5
          AND NOT EXISTS (SELECT FROM counted c
                           WHERE c.event_type_id = l.event_type_id AND c.hour = l.hour AND c.datacenter_id = l.datacenter_id
                             AND c.stage = l.stage AND c.landed_hour = l.landed_hour)
     )
     INSERT INTO lane_total (event_type_id, hour, datacenter_id, stage, landed_hour, events)
     SELECT event_type_id, hour, datacenter_id, stage, landed_hour, events FROM counted
     ON CONFLICT (event_type_id, hour, datacenter_id, stage, landed_hour) DO UPDATE SET events = excluded.events`,
    laneHourColumns(keys),
  );
  await recountReporterHours(tx, keys);
}
