import type { MissingReporter } from "#domain/reasons.ts";
import type { DatacenterEvidence } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { expectedReporters } from "./expected-reporters.ts";

/** Expected reporters that have not reported, by datacenter, largest usual share first. Query only if a lane misses one. */
export async function loadMissingReporters(
  sql: Sql,
  eventTypeId: number,
  { hour, datacenters }: { hour: Date; datacenters: readonly DatacenterEvidence[] },
): Promise<ReadonlyMap<string, readonly MissingReporter[]>> {
  const names = datacenters.filter(({ reportersMissing }) => (reportersMissing ?? 0) > 0).map(({ name }) => name);
  if (names.length === 0) return new Map();
  const { rows } = await sql.query<MissingReporter & { datacenter: string }>(statement, [eventTypeId, hour, names]);
  return Map.groupBy(rows, ({ datacenter }) => datacenter);
}

/** Beyond this, per datacenter, only counted. */
const mostNamed = 100;

// Usual share: of what the datacenter produced in the previous 24 hours, which also decide who is expected.
const statement = `
WITH missing AS (
  SELECT d.id AS datacenter_id, d.name AS datacenter, who.reporter_id
    FROM datacenter d
   CROSS JOIN LATERAL (${expectedReporters("$1::int", "$2::timestamptz", "d.id")}) who
   WHERE d.name = ANY ($3) AND NOT who.reported
), own AS (
  SELECT datacenter_id, reporter_id, sum(events) AS events
    FROM (SELECT r.datacenter_id, r.reporter_id, r.events FROM report r
           WHERE r.event_type_id = $1 AND r.stage = 1 AND r.hour >= $2::timestamptz - interval '24 hours' AND r.hour < $2
             AND (r.datacenter_id, r.reporter_id) IN (SELECT datacenter_id, reporter_id FROM missing)
           UNION ALL
          SELECT p.datacenter_id, u.reporter_id, u.events
            FROM report_packed p, unnest(p.stages, p.reporter_ids, p.events) AS u(stage, reporter_id, events)
           WHERE p.event_type_id = $1 AND u.stage = 1 AND p.hour >= $2::timestamptz - interval '24 hours' AND p.hour < $2
             AND (p.datacenter_id, u.reporter_id) IN (SELECT datacenter_id, reporter_id FROM missing)) counted
   GROUP BY 1, 2
), whole AS (
  SELECT l.datacenter_id, sum(l.events) AS events FROM lane_total l
   WHERE l.event_type_id = $1 AND l.stage = 1 AND l.hour >= $2::timestamptz - interval '24 hours' AND l.hour < $2
   GROUP BY 1
), ranked AS (
  SELECT m.datacenter, r.name, (own.events / nullif(whole.events, 0))::float8 AS "usualShare",
         row_number() OVER (PARTITION BY m.datacenter_id ORDER BY own.events DESC NULLS LAST, r.name) AS place
    FROM missing m
    JOIN reporter r ON r.id = m.reporter_id
    LEFT JOIN own ON own.datacenter_id = m.datacenter_id AND own.reporter_id = m.reporter_id
    LEFT JOIN whole ON whole.datacenter_id = m.datacenter_id
)
SELECT datacenter, name, "usualShare" FROM ranked WHERE place <= ${mostNamed} ORDER BY datacenter, place`;
