import type { Sql } from "#server/db/database.ts";
import type { ReportRow } from "./write-reports.ts";

export interface HeldReportRow extends ReportRow {
  heldBy: number;
}

export interface HeldMarkRow {
  heldBy: number;
  eventTypeId: number;
  datacenterId: number;
  closedThrough: Date;
  closedAt: Date;
  watermark: Date;
  observedAt: Date;
}

export interface HeldMarkerRow {
  heldBy: number;
  eventTypeId: number;
  hour: Date;
  datacenterId: number;
  closedAt: Date;
  location: string | null;
}

// Merged like the facts that count (write-reports, write-closings), separately per correction. They change no verdict.

export async function writeHeldReports(tx: Sql, rows: readonly HeldReportRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO set_aside_report AS old (correction_id, event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour,
                                          epoch, events, bytes, malformed)
     SELECT * FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::int[], $5::smallint[], $6::int[], $7::timestamptz[],
                          $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
     ORDER BY 1, 2, 3, 4, 5, 6, 7 ${mergeHeldReport}`,
    [
      rows.map((row) => row.heldBy),
      rows.map((row) => row.eventTypeId),
      rows.map((row) => row.hour),
      rows.map((row) => row.datacenterId),
      rows.map((row) => row.stage),
      rows.map((row) => row.reporterId),
      rows.map((row) => row.landedHour),
      rows.map((row) => row.epoch),
      rows.map((row) => row.events),
      rows.map((row) => row.bytes),
      rows.map((row) => row.malformed),
    ],
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
     SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[],
                          $7::timestamptz[])
     ORDER BY 1, 2, 3, 4 ${mergeHeldMark}`,
    [
      rows.map((row) => row.heldBy),
      rows.map((row) => row.eventTypeId),
      rows.map((row) => row.datacenterId),
      rows.map((row) => row.closedThrough),
      rows.map((row) => row.closedAt),
      rows.map((row) => row.watermark),
      rows.map((row) => row.observedAt),
    ],
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
     SELECT * FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::int[], $5::timestamptz[], $6::text[])
     ORDER BY 1, 2, 3, 4 ${mergeHeldMarker}`,
    [
      rows.map((row) => row.heldBy),
      rows.map((row) => row.eventTypeId),
      rows.map((row) => row.hour),
      rows.map((row) => row.datacenterId),
      rows.map((row) => row.closedAt),
      rows.map((row) => row.location),
    ],
  );
}

/** The end of an INSERT INTO set_aside_marker AS old. */
export const mergeHeldMarker = `
     ON CONFLICT (correction_id, event_type_id, hour, datacenter_id) DO UPDATE SET
       closed_at = excluded.closed_at, location = excluded.location
       WHERE excluded.closed_at < old.closed_at
          OR (excluded.closed_at = old.closed_at AND excluded.location COLLATE "C" < coalesce(old.location, chr(1114111)))`;
