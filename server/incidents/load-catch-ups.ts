import type { Sql } from "#server/db/database.ts";

/** A lane that catches up after an incident, and when it is expected to have caught up. */
export interface CatchingUp {
  eventTypeId: number;
  datacenter: string;
  p50At: Date;
  p90At: Date;
}

/** What was expected longer ago is kept up to date by no one. */
const freshForMs = 5 * 60_000;

/** The lanes of incidents that recover: of the event types that still have an unfinished affected hour, at the affected datacenters. */
export async function loadCatchUps(sql: Sql, now: Date): Promise<CatchingUp[]> {
  const { rows } = await sql.query<CatchingUp>(
    `WITH recovering AS (
       SELECT id, situation->'extent'->'datacenters' AS datacenters, (situation->'recovery'->>'p50At')::timestamptz AS p50_at,
              (situation->'recovery'->>'p90At')::timestamptz AS p90_at, (situation->'recovery'->>'asOf')::timestamptz AS as_of
         FROM incident WHERE state <> 'resolved' AND situation->>'phase' = 'recovering'
     )
     SELECT h.event_type_id AS "eventTypeId", d.name AS datacenter, max(r.p50_at) AS "p50At", max(r.p90_at) AS "p90At"
       FROM recovering r
      CROSS JOIN LATERAL (SELECT DISTINCT event_type_id FROM incident_hour WHERE incident_id = r.id AND recovered_at IS NULL) h
      CROSS JOIN LATERAL jsonb_array_elements_text(r.datacenters) d(name)
      -- an end that lies behind is no expectation any more
      WHERE r.as_of > $1 AND r.p90_at > r.as_of
      GROUP BY 1, 2`,
    [new Date(now.getTime() - freshForMs)],
  );
  return rows;
}
