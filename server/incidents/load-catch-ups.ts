import type { Sql } from "#server/db/database.ts";
import type { LaneCatchUp } from "#server/forecast/index.ts";

/** What was expected longer ago is kept up to date by no one. */
const freshForMs = 5 * 60_000;

/** The lanes of incidents that recover: of every event type with an affected hour, at the affected datacenters. */
export async function loadCatchUps(sql: Sql, now: Date): Promise<LaneCatchUp[]> {
  return sql.rows<LaneCatchUp>(
    `WITH recovering AS (
       SELECT id, situation->'extent'->'datacenters' AS datacenters, (situation->'recovery'->>'p50At')::timestamptz AS p50_at,
              (situation->'recovery'->>'p90At')::timestamptz AS p90_at, (situation->'recovery'->>'asOf')::timestamptz AS as_of
         FROM incident WHERE state <> 'resolved' AND situation->>'phase' = 'recovering'
     )
     SELECT t.id AS "eventTypeId", d.name AS datacenter, max(r.p50_at) AS "p50At", max(r.p90_at) AS "p90At"
       FROM recovering r
       -- one look into the index for each type: an incident of a whole datacenter has hundreds of thousands of hours
       JOIN event_type t ON EXISTS (SELECT FROM incident_hour h WHERE h.incident_id = r.id AND h.event_type_id = t.id)
      CROSS JOIN LATERAL jsonb_array_elements_text(r.datacenters) d(name)
      -- an end that lies behind is no expectation any more
      WHERE r.as_of > $1 AND r.p90_at > r.as_of
      GROUP BY 1, 2`,
    [new Date(now.getTime() - freshForMs)],
  );
}
