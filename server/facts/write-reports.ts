import { bulkRows, type RowOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { bitOf, dayOf, type LaneHourKey, laneHourColumns, laneHourKeys, laterHoursOf } from "./reporter-hours.ts";
import { type Growth, growthColumns } from "./write-totals.ts";

/** One cumulative count, names interned. stage: 1 produced, 2 published, 3 delivered. */
export const reportColumns = {
  eventTypeId: "int",
  hour: "timestamptz",
  datacenterId: "int",
  stage: "smallint",
  reporterId: "int",
  landedHour: "timestamptz",
  epoch: "bigint",
  events: "bigint",
  bytes: "bigint?",
  malformed: "bigint?",
} as const;
const reports = bulkRows(reportColumns);
export type ReportRow = RowOf<typeof reports>;
const producedHours = bulkRows({ hour: "timestamptz", datacenterId: "int" });

/** Merges counts into `report` and marks changed hours. Returns the growth of their totals, for writeTotals. */
export async function writeReports(tx: Sql, rows: readonly ReportRow[]): Promise<Growth | null> {
  if (rows.length === 0) return null;
  const { rows: grown } = await tx.query<Growth>(
    `WITH merged AS (
       INSERT INTO report AS old (${reports.names}, grown)
       SELECT r.*, r.events FROM ${reports.from("r")}
       -- every writer locks rows in key order: writers queue, they never deadlock
       ORDER BY 1, 2, 3, 4, 5, 6
       ON CONFLICT (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour) DO UPDATE SET
         epoch = excluded.epoch,
         events = CASE WHEN excluded.epoch > old.epoch THEN excluded.events ELSE greatest(old.events, excluded.events) END,
         bytes = CASE WHEN excluded.epoch > old.epoch THEN excluded.bytes ELSE greatest(old.bytes, excluded.bytes) END,
         malformed = CASE WHEN excluded.epoch > old.epoch THEN excluded.malformed
                          ELSE greatest(old.malformed, excluded.malformed) END,
         grown = CASE WHEN excluded.epoch > old.epoch THEN excluded.events
                      ELSE greatest(old.events, excluded.events) END - old.events
         -- a repeated or older report changes nothing, so it makes no hour dirty
         WHERE excluded.epoch > old.epoch
            OR (excluded.epoch = old.epoch
                AND (excluded.events > old.events
                     OR excluded.bytes > coalesce(old.bytes, -1)
                     OR excluded.malformed > coalesce(old.malformed, -1)))
       RETURNING event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, grown
     ), fresh AS (
       -- of types that expect their reporters: hours of which one had reported no produced counts
       SELECT DISTINCT m.event_type_id, m.hour, m.datacenter_id, m.reporter_id
         FROM merged m JOIN event_type t ON t.id = m.event_type_id AND t.expect_reporters
        WHERE m.stage = 1
          AND NOT EXISTS (SELECT FROM reporter_hours o
                           WHERE o.event_type_id = m.event_type_id AND o.datacenter_id = m.datacenter_id
                             AND o.day = ${dayOf("m.hour")} AND o.reporter_id = m.reporter_id AND o.hours & ${bitOf("m.hour")} <> 0)
     ), remembered AS (
       INSERT INTO reporter_hours AS old (event_type_id, datacenter_id, day, reporter_id, hours)
       SELECT event_type_id, datacenter_id, ${dayOf("hour")}, reporter_id, bit_or(${bitOf("hour")}) FROM fresh
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
       ON CONFLICT (event_type_id, datacenter_id, day, reporter_id) DO UPDATE SET hours = old.hours | excluded.hours
     ), marked AS (
       INSERT INTO dirty_hour (event_type_id, hour) SELECT event_type_id, hour FROM merged UNION ${laterHoursOf("fresh")}
     ), total AS (
       SELECT event_type_id, hour, datacenter_id, stage, landed_hour, sum(grown) AS events
         FROM merged GROUP BY 1, 2, 3, 4, 5
     )
     SELECT ${growthColumns} FROM total`,
    reports.values(rows),
  );
  return grown[0]?.events ? grown[0] : null;
}

/**
 * Unpacks hours into single reports before new ones are merged, so that a report that arrives months late, or
 * again, has the same effect as before packing. Their totals stay unchanged.
 */
export async function unpackHours(tx: Sql, rows: readonly LaneHourKey[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `WITH key AS (
       SELECT DISTINCT * FROM ${laneHourKeys.from("k")}
     ), taken AS (
       DELETE FROM report_packed p USING key k
        WHERE p.event_type_id = k.event_type_id AND p.hour = k.hour AND p.datacenter_id = k.datacenter_id
          AND p.hour BETWEEN $4 AND $5
       RETURNING p.*
     )
     INSERT INTO report (${reports.names})
     SELECT t.event_type_id, t.hour, t.datacenter_id, r.stage, r.reporter_id, coalesce(r.landed_hour, t.hour),
            coalesce(r.epoch, 0), r.events, r.bytes, r.malformed
       FROM taken t,
            -- arrays that packing left out are read as nulls
            unnest(t.stages, t.reporter_ids, t.landed_hours, t.epochs, t.events, t.bytes, t.malformed)
              AS r(stage, reporter_id, landed_hour, epoch, events, bytes, malformed)`,
    laneHourColumns(rows),
  );
}

/** Datacenters that reported produced counts: from now on silence about other types in the hour means zero. */
export async function writeProducedHours(tx: Sql, rows: readonly ReportRow[]): Promise<void> {
  const produced = new Map(
    rows.filter((row) => row.stage === 1).map((row) => [`${row.hour.getTime()} ${row.datacenterId}`, row]),
  );
  if (produced.size === 0) return;
  await tx.query(
    `WITH fresh AS (
       INSERT INTO produced_hour (${producedHours.names})
       SELECT * FROM ${producedHours.from("p")} ORDER BY 1, 2
       ON CONFLICT DO NOTHING
       RETURNING hour
     )
     INSERT INTO dirty_hour (event_type_id, hour)
     SELECT t.id, f.hour
       FROM (SELECT DISTINCT hour FROM fresh) f
       JOIN event_type t ON t.claimed_at IS NOT NULL AND t.implied_zero AND f.hour >= t.active_from
                        AND (t.active_to IS NULL OR f.hour < t.active_to)`,
    producedHours.values([...produced.values()]),
  );
}
