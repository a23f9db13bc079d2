import type { Sql } from "#server/db/database.ts";
import { type LaneHourKey, laneHourColumns, laneHourKeys, recountReporterHours } from "./reporter-hours.ts";

/** Sums of reports, single and packed, whose rows match a condition on `r`. */
const sumsWhere = (condition: string) => `
  SELECT event_type_id, hour, datacenter_id, stage, landed_hour, sum(events) AS events
    FROM (SELECT r.event_type_id, r.hour, r.datacenter_id, r.stage, r.landed_hour, r.events FROM report r WHERE ${condition}
           UNION ALL
          SELECT r.event_type_id, r.hour, r.datacenter_id, u.stage, coalesce(u.landed_hour, r.hour), u.events
            FROM report_packed r, unnest(r.stages, r.landed_hours, r.events) AS u(stage, landed_hour, events)
           WHERE ${condition}) counted
   GROUP BY 1, 2, 3, 4, 5`;

/**
 * Rebuilds totals and reporter hours from the reports, after reports were moved or removed outside of a batch. The caller holds
 * the ingest gate exclusively; otherwise a concurrent writer would add its growth to a total that includes it.
 */
export async function recountTotals(tx: Sql, keys: readonly LaneHourKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `WITH key AS (
       SELECT DISTINCT * FROM ${laneHourKeys.from("k")}
     ), counted AS (${sumsWhere("r.hour BETWEEN $4 AND $5 AND (r.event_type_id, r.hour, r.datacenter_id) IN (TABLE key)")}
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

/** Totals that differ from the sums of their reports, in hours from..to (`to` excluded). Empty unless rows were edited by hand. */
export async function findWrongTotals(sql: Sql, { from, to }: { from: Date; to: Date }): Promise<LaneHourKey[]> {
  return sql.rows<LaneHourKey>(
    `WITH counted AS (${sumsWhere("r.hour >= $1 AND r.hour < $2")})
     SELECT DISTINCT event_type_id AS "eventTypeId", hour, datacenter_id AS "datacenterId"
       FROM counted c
       FULL JOIN (SELECT * FROM lane_total WHERE hour >= $1 AND hour < $2) l
      USING (event_type_id, hour, datacenter_id, stage, landed_hour)
      WHERE c.events IS DISTINCT FROM l.events`,
    [from, to],
  );
}
