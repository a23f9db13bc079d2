import { addHours, hourEnd, hourOf } from "#domain/hour.ts";
import type { DatacenterFacts } from "#domain/verdict.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { Correction } from "#server/db/generated/client.ts";
import { mergeHeldMark, mergeHeldMarker } from "#server/facts/index.ts";
import { type HourKey, hourKeys, keyColumns, readOldestHour, verdictKey } from "#server/verdicts/index.ts";
import type { Asked, Moved, Step } from "./correction-kind.ts";
import { restoreMarks } from "./restore-marks.ts";
import type { FactKind } from "./setting-aside.ts";

/** Ended hours of claimed types that marks after the instant closed, or closed earlier than other marks. */
async function find(sql: Sql, { draft, scope, now }: Asked & { now: Date }): Promise<HourKey[]> {
  return sql.rows<HourKey>(
    `WITH lane AS (
       SELECT event_type_id, min(closed_at) AS since, max(closed_through) AS through FROM closing_mark
        WHERE datacenter_id = $1 AND ($2::int IS NULL OR event_type_id = $2) AND closed_through > $3 GROUP BY 1
     )
     SELECT lane.event_type_id AS "eventTypeId", h AS hour
       FROM lane JOIN event_type t ON t.id = lane.event_type_id AND t.claimed_at IS NOT NULL
       LEFT JOIN LATERAL (SELECT s.closed_through FROM closing_step s
                           WHERE s.event_type_id = lane.event_type_id AND s.datacenter_id = $1 AND s.closed_at < lane.since
                           ORDER BY s.closed_through DESC LIMIT 1) below ON true,
            generate_series(greatest(coalesce(below.closed_through, t.active_from), t.active_from, $5::timestamptz),
                            least(lane.through, t.active_to, $4) - interval '1 hour', interval '1 hour') h
     UNION
     SELECT m.event_type_id, m.hour FROM hour_marker m JOIN event_type t ON t.id = m.event_type_id AND t.claimed_at IS NOT NULL
      WHERE m.datacenter_id = $1 AND ($2::int IS NULL OR m.event_type_id = $2) AND m.hour > $3::timestamptz - interval '1 hour' AND m.hour < $4
      ORDER BY hour DESC, 1`,
    [scope.datacenterId, scope.eventTypeId, draft.after, hourOf(now), await readOldestHour(sql)],
  );
}

/** When the datacenter would have closed each hour by the remaining marks. */
async function loadLeft(sql: Sql, { draft, scope, keys }: Asked & { keys: readonly HourKey[] }) {
  const { rows } = await sql.query<HourKey & { closedAt: Date | null }>(
    `SELECT k.event_type_id AS "eventTypeId", k.hour, least(marked.closed_at, m.closed_at) AS "closedAt"
       FROM ${hourKeys.from("k")}
       LEFT JOIN LATERAL (
         SELECT min(c.closed_at) AS closed_at FROM closing_mark c
          WHERE c.event_type_id = k.event_type_id AND c.datacenter_id = $5
            AND c.closed_through >= k.hour + interval '1 hour' AND c.closed_through <= $6) marked ON true
       LEFT JOIN hour_marker m ON m.event_type_id = k.event_type_id AND m.hour = k.hour AND m.datacenter_id = $5
                              AND m.hour BETWEEN $3 AND $4 AND m.hour + interval '1 hour' <= $6`,
    [...keyColumns(keys), scope.datacenterId, draft.after],
  );
  const byKey = new Map(rows.map((row) => [verdictKey(row), row.closedAt]));
  return (key: HourKey): Partial<DatacenterFacts> => {
    const closedAt = byKey.get(verdictKey(key)) ?? null;
    return { closedAt: closedAt && new Date(Math.max(closedAt.getTime(), hourEnd(key.hour).getTime())) };
  };
}

/** Sets the marks of some types aside, and rebuilds what depends on them: watermarks, staircases, hours to judge. */
async function move(tx: Sql, { correction, size, now }: Step): Promise<Moved> {
  const types = await nextTypes(tx, correction, size);
  const last = types.at(-1);
  if (last === undefined) return { done: true, affectedHours: 0 };
  const closed = await moveWatermarks(tx, { correction, types, now });
  const marked = await moveMarkers(tx, { correction, types });
  return { done: correction.eventTypeId !== null, affectedHours: closed + marked, cursorEventTypeId: last };
}

async function nextTypes(tx: Sql, { eventTypeId, cursorEventTypeId }: Correction, size: number): Promise<number[]> {
  if (eventTypeId !== null) return [eventTypeId];
  const { rows } = await tx.query<{ id: number }>("SELECT id FROM event_type WHERE id > $1 ORDER BY id LIMIT $2", [
    cursorEventTypeId ?? 0,
    size,
  ]);
  return rows.map(({ id }) => id);
}

/** Per type: the earliest time of what was set aside, and how far it reached. */
interface Lane {
  eventTypeId: number;
  since: Date;
  through: Date;
}

const movedLanes = bulkRows({ eventTypeId: "int", since: "timestamptz", through: "timestamptz" });

async function moveWatermarks(
  tx: Sql,
  { correction, types, now }: { correction: Correction; types: number[]; now: Date },
): Promise<number> {
  const { rows: lanes } = await tx.query<Lane>(
    `WITH moved AS (
       DELETE FROM closing_mark
        WHERE event_type_id = ANY ($2) AND datacenter_id = $3 AND closed_through > $4
       RETURNING *
     ), held AS (
       INSERT INTO set_aside_mark AS old (correction_id, event_type_id, datacenter_id, closed_through, closed_at, watermark, observed_at)
       SELECT $1, m.event_type_id, m.datacenter_id, m.closed_through, m.closed_at,
              -- the largest is known exactly, the others to the hour
              coalesce(w.watermark, m.closed_through), coalesce(w.observed_at, m.closed_at)
         FROM moved m
         LEFT JOIN watermark w ON w.event_type_id = m.event_type_id AND w.datacenter_id = m.datacenter_id
                              AND date_trunc('hour', w.watermark, 'UTC') = m.closed_through
       ${mergeHeldMark}
     )
     SELECT event_type_id AS "eventTypeId", min(closed_at) AS since, max(closed_through) AS through FROM moved GROUP BY 1`,
    [correction.id, types, correction.datacenterId, correction.afterAt],
  );
  if (lanes.length === 0) return 0;
  await lowerWatermarks(tx, correction, lanes);
  await buildStaircases(tx, correction, lanes);
  return markReopened(tx, { correction, lanes, now });
}

/** Lowers watermarks to the largest remaining mark. */
async function lowerWatermarks(tx: Sql, { datacenterId }: Correction, lanes: readonly Lane[]): Promise<void> {
  const types = lanes.map(({ eventTypeId }) => eventTypeId);
  await tx.query("DELETE FROM watermark WHERE event_type_id = ANY ($1) AND datacenter_id = $2", [types, datacenterId]);
  await tx.query(
    `INSERT INTO watermark (event_type_id, datacenter_id, watermark, observed_at)
     SELECT DISTINCT ON (event_type_id) event_type_id, datacenter_id, closed_through, closed_at FROM closing_mark
      WHERE event_type_id = ANY ($1) AND datacenter_id = $2 ORDER BY event_type_id, closed_through DESC`,
    [types, datacenterId],
  );
}

/** Restores steps that these marks had beaten: none is earlier than the earliest of them. */
async function buildStaircases(tx: Sql, { datacenterId }: Correction, lanes: readonly Lane[]): Promise<void> {
  const columns = [datacenterId, ...movedLanes.values(lanes)];
  await tx.query(
    `DELETE FROM closing_step s USING ${movedLanes.from("lane", 2)}
      WHERE s.event_type_id = lane.event_type_id AND s.datacenter_id = $1 AND s.closed_at >= lane.since`,
    columns,
  );
  await tx.query(
    `INSERT INTO closing_step (event_type_id, datacenter_id, closed_through, closed_at)
     SELECT event_type_id, datacenter_id, closed_through, closed_at
       FROM (SELECT m.*, lane.since,
                    min(m.closed_at) OVER (PARTITION BY m.event_type_id ORDER BY m.closed_through DESC
                                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS beaten_at
               FROM ${movedLanes.from("lane", 2)}
               JOIN closing_mark m ON m.event_type_id = lane.event_type_id AND m.datacenter_id = $1 AND m.closed_at >= lane.since) m
      WHERE (beaten_at IS NULL OR closed_at < beaten_at)
        AND NOT EXISTS (SELECT FROM closing_step s
                         WHERE s.event_type_id = m.event_type_id AND s.datacenter_id = m.datacenter_id
                           AND s.closed_at < m.since AND s.closed_through >= m.closed_through)`,
    columns,
  );
}

/** Marks hours these marks closed, or would have closed later than another does now. Returns how many. */
async function markReopened(
  tx: Sql,
  { correction, lanes, now }: { correction: Correction; lanes: readonly Lane[]; now: Date },
): Promise<number> {
  const { rowCount } = await tx.query(
    `INSERT INTO dirty_hour (event_type_id, hour)
     SELECT lane.event_type_id, h
       FROM ${movedLanes.from("lane")}
       JOIN event_type t ON t.id = lane.event_type_id AND t.claimed_at IS NOT NULL
       -- hours up to it had been closed before the first of them
       LEFT JOIN LATERAL (SELECT s.closed_through FROM closing_step s
                           WHERE s.event_type_id = lane.event_type_id AND s.datacenter_id = $4 AND s.closed_at < lane.since
                           ORDER BY s.closed_through DESC LIMIT 1) below ON true,
            -- as in writeClosings: hours not created yet are judged once they are, those without facts not at all
            generate_series(greatest(coalesce(below.closed_through, t.active_from), t.active_from, $6::timestamptz),
                            least(lane.through, t.active_to, $5) - interval '1 hour', interval '1 hour') h`,
    [...movedLanes.values(lanes), correction.datacenterId, addHours(hourOf(now), 3), await readOldestHour(tx)],
  );
  return rowCount ?? 0;
}

async function moveMarkers(
  tx: Sql,
  { correction, types }: { correction: Correction; types: number[] },
): Promise<number> {
  const { rowCount } = await tx.query(
    `WITH moved AS (
       DELETE FROM hour_marker
        WHERE event_type_id = ANY ($2) AND datacenter_id = $3 AND hour > $4::timestamptz - interval '1 hour'
       RETURNING *
     ), held AS (
       INSERT INTO set_aside_marker AS old (correction_id, event_type_id, hour, datacenter_id, closed_at, location)
       SELECT $1, event_type_id, hour, datacenter_id, closed_at, location FROM moved
       ${mergeHeldMarker}
     )
     INSERT INTO dirty_hour (event_type_id, hour) SELECT event_type_id, hour FROM moved`,
    [correction.id, types, correction.datacenterId, correction.afterAt],
  );
  return rowCount ?? 0;
}

export const resetWatermark: FactKind = { find, loadLeft, move, restore: restoreMarks };
