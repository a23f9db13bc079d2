import type { Sql } from "#server/db/database.ts";
import type { LaneHourKey } from "#server/facts/reporter-hours.ts";

/** Totals that differ from the sums of their reports, in hours from..to (`to` excluded). Empty unless rows were edited by hand. */
export async function findWrongTotals(sql: Sql, { from, to }: { from: Date; to: Date }): Promise<LaneHourKey[]> {
  return sql.rows<LaneHourKey>(
    `WITH counted AS (
       SELECT event_type_id, hour, datacenter_id, stage, landed_hour, sum(events) AS events
         FROM (SELECT event_type_id, hour, datacenter_id, stage, landed_hour, events FROM report
                UNION ALL
               SELECT r.event_type_id, r.hour, r.datacenter_id, u.stage, coalesce(u.landed_hour, r.hour), u.events
                 FROM report_packed r, unnest(r.stages, r.landed_hours, r.events) AS u(stage, landed_hour, events)) r
        WHERE hour >= $1 AND hour < $2
        GROUP BY 1, 2, 3, 4, 5
     )
     SELECT DISTINCT event_type_id AS "eventTypeId", hour, datacenter_id AS "datacenterId"
       FROM counted c
       FULL JOIN (SELECT * FROM lane_total WHERE hour >= $1 AND hour < $2) l
      USING (event_type_id, hour, datacenter_id, stage, landed_hour)
      WHERE c.events IS DISTINCT FROM l.events`,
    [from, to],
  );
}
