import type { LatenessJson } from "#domain/api/lateness.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";

/** Which datacenter closes last and which holds up late hours, over the last day and the last week of ended hours. */
export async function readLateness({ ctx }: { ctx: Context }): Promise<LatenessJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const [lanes, totals] = await Promise.all([countLanes(sql, now), countLateHours(sql, now)]);
  return {
    datacenters: lanes.map(({ lastSeenAt, lastDay, lastWeek, ...lane }) => ({
      ...lane,
      lastSeenAt: lastSeenAt && formatInstant(lastSeenAt),
      lastDay: lastDay ?? noHours,
      lastWeek: lastWeek ?? noHours,
    })),
    lateHours: totals,
    asOf: formatInstant(now),
  };
}

type Counts = LatenessJson["datacenters"][number]["lastDay"];
const noHours: Counts = { hours: 0, closedLast: 0, heldUp: 0, lost: 0, produced: 0 };

interface LaneRow {
  name: string;
  lastSeenAt: Date | null;
  /** null: it is expected in none. */
  lastDay: Counts | null;
  lastWeek: Counts | null;
}

async function countLanes(sql: Sql, now: Date): Promise<LaneRow[]> {
  const current = hourOf(now);
  return sql.rows<LaneRow>(
    `WITH lane AS (
       SELECT l.datacenter AS dc, v.hour >= $3 AS recent,
              -- the last of several, and alone: a datacenter that closes together with others holds up nothing
              coalesce(l.closed_at = v.closed_at, false)
                AND count(*) OVER (PARTITION BY l.event_type_id, l.hour, l.closed_at) = 1
                AND count(*) OVER (PARTITION BY l.event_type_id, l.hour) > 1 AS last,
              coalesce(l.closed_at, $4) > v.deadline_at AS held,
              CASE WHEN l.closed_at IS NOT NULL THEN l.produced END AS produced,
              CASE WHEN l.closed_at IS NOT NULL THEN l.lost END AS lost
         FROM verdict v
         JOIN event_type t ON t.id = v.event_type_id AND t.claimed_at IS NOT NULL
         JOIN lane_figures l ON l.event_type_id = v.event_type_id AND l.hour = v.hour AND l.hour >= $1 AND l.hour < $2
        WHERE v.hour >= $1 AND v.hour < $2 AND v.revision > 0
     ), sum AS (
       SELECT dc,
              json_build_object('hours', count(*) FILTER (WHERE recent), 'closedLast', count(*) FILTER (WHERE recent AND last),
                                'heldUp', count(*) FILTER (WHERE recent AND held),
                                'lost', coalesce(sum(lost) FILTER (WHERE recent), 0),
                                'produced', coalesce(sum(produced) FILTER (WHERE recent), 0)) AS day,
              json_build_object('hours', count(*), 'closedLast', count(*) FILTER (WHERE last),
                                'heldUp', count(*) FILTER (WHERE held),
                                'lost', coalesce(sum(lost), 0), 'produced', coalesce(sum(produced), 0)) AS week
         FROM lane GROUP BY 1
     )
     SELECT d.name, d.last_seen_at AS "lastSeenAt", s.day AS "lastDay", s.week AS "lastWeek"
       FROM datacenter d LEFT JOIN sum s ON s.dc = d.name ORDER BY d.name`,
    [addHours(current, -168), current, addHours(current, -24), now],
  );
}

async function countLateHours(sql: Sql, now: Date): Promise<LatenessJson["lateHours"]> {
  const current = hourOf(now);
  const { rows } = await sql.query<LatenessJson["lateHours"]>(
    `SELECT count(*) FILTER (WHERE v.hour >= $3)::int AS "lastDay", count(*)::int AS "lastWeek"
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id AND t.claimed_at IS NOT NULL
      WHERE v.hour >= $1 AND v.hour < $2 AND v.revision > 0 AND coalesce(v.closed_at, $4) > v.deadline_at`,
    [addHours(current, -168), current, addHours(current, -24), now],
  );
  return rows[0] ?? { lastDay: 0, lastWeek: 0 };
}
