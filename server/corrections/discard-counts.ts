import { addHours, hourOf } from "#domain/hour.ts";
import type { DatacenterFacts } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import type { Correction } from "#server/db/generated/client.ts";
import {
  divideHeld,
  mergeHeldReport,
  type ReportRow,
  recountTotals,
  unpackHours,
  writeHeldReports,
  writeProducedHours,
  writeReports,
  writeTotals,
} from "#server/facts/index.ts";
import { asCount, type HourKey, hourKeys, keyColumns, verdictKey } from "#server/verdicts/index.ts";
import type { Asked, Moved, Step } from "./correction-kind.ts";
import { findCountedHours } from "./find-counted-hours.ts";
import { forgetProducedHours } from "./forget-produced-hours.ts";
import type { FactKind } from "./setting-aside.ts";

/** Hours with counts in the scope, packed or not. */
async function find(sql: Sql, { draft, scope }: Asked): Promise<HourKey[]> {
  return sql.rows<HourKey>(
    `SELECT $1::int AS "eventTypeId", hour FROM (
       SELECT DISTINCT hour FROM report
        WHERE event_type_id = $1 AND datacenter_id = $2 AND hour >= $3 AND hour < $4
          AND ($5::smallint IS NULL OR stage = $5) AND ($6::int IS NULL OR reporter_id = $6)
       UNION
       SELECT hour FROM report_packed p
        WHERE event_type_id = $1 AND datacenter_id = $2 AND hour >= $3 AND hour < $4
          AND EXISTS (SELECT FROM unnest(p.stages, p.reporter_ids) AS r(stage, reporter_id)
                       WHERE ($5::smallint IS NULL OR r.stage = $5) AND ($6::int IS NULL OR r.reporter_id = $6))) found
      ORDER BY hour DESC`,
    [
      scope.eventTypeId,
      scope.datacenterId,
      draft.from ?? "-infinity",
      draft.to ?? "infinity",
      scope.stage,
      scope.reporterId,
    ],
  );
}

async function loadLeft(sql: Sql, { scope, keys }: Asked & { keys: readonly HourKey[] }) {
  const { rows } = await sql.query<HourKey & Record<"produced" | "published" | "delivered" | "skewed", string | null>>(
    `WITH key AS (
       SELECT * FROM ${hourKeys.from("k")}
     ), counted AS (
       SELECT r.hour, r.stage, r.reporter_id, r.landed_hour, r.events FROM key k
         JOIN report r ON r.event_type_id = k.event_type_id AND r.hour = k.hour AND r.hour BETWEEN $3 AND $4 AND r.datacenter_id = $5
       UNION ALL
       SELECT p.hour, r.stage, r.reporter_id, coalesce(r.landed_hour, p.hour), r.events FROM key k
         JOIN report_packed p ON p.event_type_id = k.event_type_id AND p.hour = k.hour AND p.hour BETWEEN $3 AND $4
                             AND p.datacenter_id = $5,
              unnest(p.stages, p.reporter_ids, p.landed_hours, p.events) AS r(stage, reporter_id, landed_hour, events)
     ), kept AS (
       SELECT * FROM counted
        WHERE NOT (($6::smallint IS NULL OR stage = $6) AND ($7::int IS NULL OR reporter_id = $7))
     ), summed AS (
       SELECT hour, sum(events) FILTER (WHERE stage = 1) AS produced, sum(events) FILTER (WHERE stage = 2) AS published,
              sum(events) FILTER (WHERE stage = 3) AS delivered,
              sum(events) FILTER (WHERE stage = 3 AND landed_hour <> hour) AS skewed
         FROM kept GROUP BY 1
     )
     SELECT k.event_type_id AS "eventTypeId", k.hour, s.produced, s.published, s.delivered, s.skewed
       FROM key k LEFT JOIN summed s ON s.hour = k.hour`,
    [...keyColumns(keys), scope.datacenterId, scope.stage, scope.reporterId],
  );
  const others = await findCountedHours(sql, {
    datacenterId: scope.datacenterId ?? 0,
    hours: keys.map(({ hour }) => hour),
    ...(scope.eventTypeId !== null && { exceptId: scope.eventTypeId }),
  });
  const byKey = new Map(
    rows.map((row) => [
      verdictKey(row),
      {
        produced: asCount(row.produced),
        published: asCount(row.published),
        delivered: asCount(row.delivered),
        skewed: asCount(row.skewed) ?? 0n,
        reportedProduced: others.has(row.hour.getTime()) || row.produced !== null,
      },
    ]),
  );
  return (key: HourKey): Partial<DatacenterFacts> => byKey.get(verdictKey(key)) ?? {};
}

/** Sets the counts of some hours aside, and updates what depends on them: totals, and whether the datacenter reported at all. */
async function move(tx: Sql, { correction, size }: Step): Promise<Moved> {
  const from = await findNextHour(tx, correction);
  if (!from) return { done: true, affectedHours: 0 };
  const to = earliest(addHours(from, size), correction.toHour);
  const lanes = lanesOf(correction, from, to);
  await unpackHours(tx, lanes);
  const { rows } = await tx.query<{ hour: Date; produced: boolean }>(
    `WITH moved AS (
       DELETE FROM report r
        WHERE r.event_type_id = $2 AND r.datacenter_id = $3 AND r.hour >= $4 AND r.hour < $5
          AND ($6::smallint IS NULL OR r.stage = $6) AND ($7::int IS NULL OR r.reporter_id = $7)
       RETURNING r.*
     ), held AS (
       INSERT INTO set_aside_report AS old (correction_id, event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour,
                                            epoch, events, bytes, malformed)
       SELECT $1, event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, epoch, events, bytes, malformed FROM moved
       ${mergeHeldReport}
     ), hours AS (
       SELECT hour, bool_or(stage = 1) AS produced FROM moved GROUP BY 1
     ), marked AS (
       INSERT INTO dirty_hour (event_type_id, hour) SELECT $2, hour FROM hours
     )
     SELECT hour, produced FROM hours`,
    [correction.id, correction.eventTypeId, correction.datacenterId, from, to, correction.stage, correction.reporterId],
  );
  const touched = lanes.filter((lane) => rows.some(({ hour }) => hour.getTime() === lane.hour.getTime()));
  await recountTotals(tx, touched);
  const unproduced = rows.flatMap(({ hour, produced }) => (produced ? [hour] : []));
  await forgetProducedHours(tx, lanes[0]?.datacenterId ?? 0, unproduced);
  return { done: false, affectedHours: rows.length, cursorHour: to };
}

/** The first hour at or after the cursor with counts of the type, packed or not. */
async function findNextHour(tx: Sql, { eventTypeId, cursorHour, fromHour, toHour }: Correction): Promise<Date | null> {
  const start = cursorHour ?? fromHour ?? "-infinity";
  const { rows } = await tx.query<{ hour: Date | null }>(
    `SELECT least((SELECT min(hour) FROM report WHERE event_type_id = $1 AND hour >= $2 AND hour < $3),
                  (SELECT min(hour) FROM report_packed WHERE event_type_id = $1 AND hour >= $2 AND hour < $3)) AS hour`,
    [eventTypeId, start, toHour ?? "infinity"],
  );
  return rows[0]?.hour ?? null;
}

function lanesOf({ eventTypeId, datacenterId }: Correction, from: Date, to: Date) {
  if (eventTypeId === null || datacenterId === null)
    throw new Error("Counts are discarded of one type and datacenter.");
  const lanes = [];
  for (let hour = from; hour < to; hour = addHours(hour, 1)) lanes.push({ eventTypeId, hour, datacenterId });
  return lanes;
}

const rowsAtOnce = 250;

/** Merges counts back, or into the next correction that covers them: hour by hour from the cursor, so that no batch skips what earlier ones left. */
async function restore(tx: Sql, { correction, size, now }: Step): Promise<Moved> {
  const limit = size * rowsAtOnce;
  const { rows } = await tx.query<ReportRow & { heldBy: number | null }>(
    `WITH taken AS (
       DELETE FROM set_aside_report
        WHERE ctid IN (SELECT ctid FROM set_aside_report WHERE correction_id = $1 AND event_type_id = $4 AND hour >= $5
                        ORDER BY hour, datacenter_id, stage, reporter_id, landed_hour LIMIT $2)
       RETURNING *
     )
     SELECT t.event_type_id AS "eventTypeId", t.hour, t.datacenter_id AS "datacenterId", t.stage, t.reporter_id AS "reporterId",
            t.landed_hour AS "landedHour", t.epoch::float8 AS epoch, t.events::float8 AS events, t.bytes::float8 AS bytes,
            t.malformed::float8 AS malformed,
            (SELECT c.id::float8 FROM correction c
              WHERE c.action = 'discard-counts' AND c.undone_at IS NULL
                AND c.event_type_id = t.event_type_id AND c.datacenter_id = t.datacenter_id
                AND coalesce(c.stage = t.stage, true) AND coalesce(c.reporter_id = t.reporter_id, true)
                AND coalesce(c.from_hour <= t.hour, true) AND coalesce(c.to_hour > t.hour, true)
                AND (c.observed_through, c.id) > ($3, $1::bigint)
              ORDER BY c.observed_through, c.id LIMIT 1) AS "heldBy"
       FROM taken t`,
    [
      correction.id,
      limit,
      correction.observedThrough,
      correction.eventTypeId,
      correction.cursorHour ?? correction.fromHour ?? "-infinity",
    ],
  );
  const { counting, held } = divideHeld(rows);
  await writeHeldReports(tx, held);
  const maybePacked = counting.filter((row) => row.hour < addHours(hourOf(now), -24));
  await unpackHours(tx, maybePacked);
  const growth = await writeReports(tx, counting);
  await writeProducedHours(tx, counting);
  await writeTotals(tx, growth);
  const last = latestOf(rows.map(({ hour }) => hour));
  return { done: rows.length < limit, affectedHours: 0, ...(last && { cursorHour: last }) };
}

/** The hour of the last count moved: others of that hour may be left. */
function latestOf(hours: readonly Date[]): Date | null {
  return hours.reduce<Date | null>((latest, hour) => (latest && latest >= hour ? latest : hour), null);
}

function earliest(first: Date, second: Date | null): Date {
  return second && second < first ? second : first;
}

export const discardCounts: FactKind = { find, loadLeft, move, restore };
