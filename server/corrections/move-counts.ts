import { addHours, hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import type { Correction } from "#server/db/generated/client.ts";
import {
  mergeHeldReport,
  type ReportRow,
  recountTotals,
  unpackHours,
  writeHeldReports,
  writeProducedHours,
  writeReports,
  writeTotals,
} from "#server/facts/index.ts";
import type { Moved } from "./correction-row.ts";
import { forgetProducedHours } from "./forget-produced-hours.ts";

interface Step {
  correction: Correction;
  /** Hours, or a few hundred rows. */
  size: number;
  now: Date;
}

/** Sets the counts of some hours aside, and updates what depends on them: totals, and whether the datacenter reported at all. */
export async function moveCounts(tx: Sql, { correction, size }: Step): Promise<Moved> {
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
  await recountTotals(
    tx,
    lanes.filter((lane) => rows.some(({ hour }) => hour.getTime() === lane.hour.getTime())),
  );
  await forgetProducedHours(
    tx,
    lanes[0]?.datacenterId ?? 0,
    rows.flatMap(({ hour, produced }) => (produced ? [hour] : [])),
  );
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
export async function restoreCounts(tx: Sql, { correction, size, now }: Step): Promise<Moved> {
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
  const held = rows.flatMap((row) => (row.heldBy === null ? [] : [{ ...row, heldBy: row.heldBy }]));
  const counting = rows.filter((row) => row.heldBy === null);
  await writeHeldReports(tx, held);
  await unpackHours(
    tx,
    counting.filter((row) => row.hour < addHours(hourOf(now), -24)),
  );
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
