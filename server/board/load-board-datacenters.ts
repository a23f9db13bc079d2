import type { BoardDatacenterJson } from "#domain/api/board.ts";
import { gaugeFreshForSeconds } from "#domain/explain.ts";
import { silentAfterSeconds } from "#domain/reasons.ts";
import type { Sql } from "#server/db/database.ts";

/** Instants in milliseconds. */
export interface BoardDatacenter {
  id: number;
  name: string;
  claimed: boolean;
  activeFromMs: number | null;
  activeToMs: number | null;
  lastSeenAt: Date | null;
  versions: BoardDatacenterJson["versions"];
  backlog: BoardDatacenterJson["backlog"];
}

/** Every datacenter with what runs and waits there, from current heartbeats and gauges. */
export async function loadBoardDatacenters(sql: Sql, now: Date): Promise<BoardDatacenter[]> {
  return sql.rows<BoardDatacenter>(
    `WITH running AS (
       SELECT datacenter_id, component, version, count(*)::int AS instances
         FROM component_instance WHERE last_seen_at >= $1 GROUP BY 1, 2, 3
     ), version AS (
       SELECT datacenter_id, jsonb_agg(jsonb_build_object('component', component, 'version', version, 'instances', instances)
                                       ORDER BY component, version) AS versions
         FROM running GROUP BY 1
     ), gauge AS (
       SELECT datacenter_id, max(oldest_age_seconds) AS oldest, sum(messages)::float8 AS messages
         FROM backlog WHERE observed_at >= $2 GROUP BY 1
     )
     SELECT d.id, d.name, d.claimed_at IS NOT NULL AS claimed, date_part('epoch', d.active_from) * 1000 AS "activeFromMs",
            date_part('epoch', d.active_to) * 1000 AS "activeToMs", d.last_seen_at AS "lastSeenAt",
            coalesce(version.versions, '[]') AS versions,
            CASE WHEN gauge.oldest IS NOT NULL
                 THEN jsonb_build_object('oldestAgeSeconds', gauge.oldest, 'messages', gauge.messages) END AS backlog
       FROM datacenter d
       LEFT JOIN version ON version.datacenter_id = d.id
       LEFT JOIN gauge ON gauge.datacenter_id = d.id
      ORDER BY d.name`,
    [secondsBefore(now, silentAfterSeconds), secondsBefore(now, gaugeFreshForSeconds)],
  );
}

function secondsBefore(now: Date, seconds: number): Date {
  return new Date(now.getTime() - seconds * 1000);
}
