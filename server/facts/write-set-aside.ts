import { bulkRows, type RowOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { reportColumns } from "./write-reports.ts";

const heldReports = bulkRows({ heldBy: "bigint", ...reportColumns });
const heldMarks = bulkRows({
  heldBy: "bigint",
  eventTypeId: "int",
  datacenterId: "int",
  closedThrough: "timestamptz",
  closedAt: "timestamptz",
  watermark: "timestamptz",
  observedAt: "timestamptz",
});
const heldMarkers = bulkRows({
  heldBy: "bigint",
  eventTypeId: "int",
  hour: "timestamptz",
  datacenterId: "int",
  closedAt: "timestamptz",
  location: "text?",
});

export type HeldMarkRow = RowOf<typeof heldMarks>;
export type HeldMarkerRow = RowOf<typeof heldMarkers>;

// Merged like the facts that count (write-reports, write-closings), separately per correction. They change no verdict.

export async function writeHeldReports(tx: Sql, rows: readonly RowOf<typeof heldReports>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO set_aside_report AS old (correction_id, event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour,
                                          epoch, events, bytes, malformed)
     SELECT * FROM ${heldReports.from("r")} ORDER BY 1, 2, 3, 4, 5, 6, 7 ${mergeHeldReport}`,
    heldReports.values(rows),
  );
}

/** The end of an INSERT INTO set_aside_report AS old. */
export const mergeHeldReport = `
     ON CONFLICT (correction_id, event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour) DO UPDATE SET
       epoch = excluded.epoch,
       events = CASE WHEN excluded.epoch > old.epoch THEN excluded.events ELSE greatest(old.events, excluded.events) END,
       bytes = CASE WHEN excluded.epoch > old.epoch THEN excluded.bytes ELSE greatest(old.bytes, excluded.bytes) END,
       malformed = CASE WHEN excluded.epoch > old.epoch THEN excluded.malformed
                        ELSE greatest(old.malformed, excluded.malformed) END
       WHERE excluded.epoch >= old.epoch`;

export async function writeHeldMarks(tx: Sql, rows: readonly HeldMarkRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO set_aside_mark AS old (correction_id, event_type_id, datacenter_id, closed_through, closed_at, watermark, observed_at)
     SELECT * FROM ${heldMarks.from("m")} ORDER BY 1, 2, 3, 4 ${mergeHeldMark}`,
    heldMarks.values(rows),
  );
}

/** The end of an INSERT INTO set_aside_mark AS old. */
export const mergeHeldMark = `
     ON CONFLICT (correction_id, event_type_id, datacenter_id, closed_through) DO UPDATE SET
       closed_at = least(old.closed_at, excluded.closed_at),
       watermark = greatest(old.watermark, excluded.watermark),
       observed_at = CASE WHEN excluded.watermark > old.watermark THEN excluded.observed_at
                          WHEN excluded.watermark < old.watermark THEN old.observed_at
                          ELSE least(old.observed_at, excluded.observed_at) END`;

export async function writeHeldMarkers(tx: Sql, rows: readonly HeldMarkerRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO set_aside_marker AS old (correction_id, event_type_id, hour, datacenter_id, closed_at, location)
     SELECT * FROM ${heldMarkers.from("m")} ORDER BY 1, 2, 3, 4 ${mergeHeldMarker}`,
    heldMarkers.values(rows),
  );
}

/** The end of an INSERT INTO set_aside_marker AS old. */
export const mergeHeldMarker = `
     ON CONFLICT (correction_id, event_type_id, hour, datacenter_id) DO UPDATE SET
       closed_at = excluded.closed_at, location = excluded.location
       WHERE excluded.closed_at < old.closed_at
          OR (excluded.closed_at = old.closed_at AND excluded.location COLLATE "C" < coalesce(old.location, chr(1114111)))`;

/** Splits rows that count from rows that corrections hold. */
export function divideHeld<Row extends { heldBy: number | null }>(rows: readonly Row[]) {
  const counting = rows.filter((row) => row.heldBy === null);
  const held = rows.flatMap((row) => (row.heldBy === null ? [] : [{ ...row, heldBy: row.heldBy }]));
  return { counting, held };
}
