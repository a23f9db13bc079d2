import { addHours, hourOf } from "#domain/hour.ts";
import { addClosingStep } from "#domain/merge.ts";
import { bulkRows, type RowOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

const watermarks = bulkRows({
  eventTypeId: "int",
  datacenterId: "int",
  watermark: "timestamptz",
  observedAt: "timestamptz",
});
const closings = bulkRows({
  eventTypeId: "int",
  datacenterId: "int",
  closedThrough: "timestamptz",
  closedAt: "timestamptz",
});
const markers = bulkRows({
  eventTypeId: "int",
  hour: "timestamptz",
  datacenterId: "int",
  closedAt: "timestamptz",
  location: "text?",
});

type WatermarkRow = RowOf<typeof watermarks>;
/** "Hours ending at or before closedThrough were closed by a message with the time closedAt." */
type ClosingRow = RowOf<typeof closings>;
type MarkerRow = RowOf<typeof markers>;

/** Moves watermarks forward. Its row locks also keep other writers off the same staircases until the commit. */
export async function writeWatermarks(tx: Sql, rows: readonly WatermarkRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO watermark AS old (${watermarks.names})
     SELECT * FROM ${watermarks.from("w")} ORDER BY 1, 2
     -- the conflict locks the row even where nothing is updated, which writeClosings relies on
     ON CONFLICT (event_type_id, datacenter_id) DO UPDATE SET watermark = excluded.watermark, observed_at = excluded.observed_at
       WHERE excluded.watermark > old.watermark
          OR (excluded.watermark = old.watermark AND excluded.observed_at < old.observed_at)`,
    watermarks.values(rows),
  );
}

/** Keeps the earliest time that reached each full hour. Call after writeWatermarks for the same lanes. */
export async function writeMarks(tx: Sql, rows: readonly ClosingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO closing_mark AS old (${closings.names})
     SELECT * FROM ${closings.from("m")}
      -- nearly all say again what is known: they touch no row
      WHERE NOT EXISTS (SELECT FROM closing_mark known
                         WHERE known.event_type_id = m.event_type_id AND known.datacenter_id = m.datacenter_id
                           AND known.closed_through = m.closed_through AND known.closed_at <= m.closed_at)
      ORDER BY 1, 2, 3
     ON CONFLICT (event_type_id, datacenter_id, closed_through) DO UPDATE SET closed_at = least(old.closed_at, excluded.closed_at)`,
    closings.values(rows),
  );
}

/**
 * Adds steps to the staircases and marks hours whose closing changed. Call after writeWatermarks for the same types and
 * datacenters. A step is dropped if another reaches at least as far no later.
 */
export async function writeClosings(
  tx: Sql,
  marks: readonly ClosingRow[],
  { now, factsKeptFrom }: { now: Date; factsKeptFrom: Date | null },
): Promise<void> {
  const rows = staircases(marks);
  if (rows.length === 0) return;
  await tx.query(
    `WITH step AS (
       SELECT s.*,
              -- the stair before it of these: hours up to it are that one's to mark
              lag(closed_through) OVER (PARTITION BY event_type_id, datacenter_id ORDER BY closed_through) AS beneath
         FROM ${closings.from("s")}
     ), fresh AS (
       SELECT s.*,
              -- the stair below: hours up to it were closed earlier than this step would close them
              (SELECT o.closed_through FROM closing_step o
                WHERE o.event_type_id = s.event_type_id AND o.datacenter_id = s.datacenter_id
                  AND o.closed_through <= s.closed_through AND o.closed_at < s.closed_at
                ORDER BY o.closed_through DESC LIMIT 1) AS below
         FROM step s
        WHERE NOT EXISTS (
          SELECT FROM (SELECT o.closed_at FROM closing_step o
                        WHERE o.event_type_id = s.event_type_id AND o.datacenter_id = s.datacenter_id
                          AND o.closed_through >= s.closed_through
                        ORDER BY o.closed_through LIMIT 1) above
           WHERE above.closed_at <= s.closed_at)
     ), beaten AS (
       DELETE FROM closing_step o USING fresh f
        WHERE o.event_type_id = f.event_type_id AND o.datacenter_id = f.datacenter_id
          AND o.closed_through < f.closed_through AND o.closed_through > coalesce(f.below, '-infinity')
          -- a stair that this very statement lowers is not also removed by it
          AND NOT EXISTS (SELECT FROM fresh l WHERE l.event_type_id = o.event_type_id
                             AND l.datacenter_id = o.datacenter_id AND l.closed_through = o.closed_through)
     ), kept AS (
       INSERT INTO closing_step AS o (event_type_id, datacenter_id, closed_through, closed_at)
       SELECT event_type_id, datacenter_id, closed_through, closed_at FROM fresh ORDER BY 1, 2, 3
       ON CONFLICT (event_type_id, datacenter_id, closed_through) DO UPDATE SET closed_at = least(o.closed_at, excluded.closed_at)
     )
     INSERT INTO dirty_hour (event_type_id, hour)
     SELECT DISTINCT f.event_type_id, h
       FROM fresh f
       JOIN event_type t ON t.id = f.event_type_id AND t.claimed_at IS NOT NULL,
            -- hours not created yet are judged once they are; two hours of margin for those being created
            -- hours whose facts are dropped are not judged again: greatest passes over null
            generate_series(greatest(coalesce(f.below, t.active_from), f.beneath, t.active_from, $6::timestamptz),
                            least(f.closed_through, t.active_to, $5) - interval '1 hour', interval '1 hour') h`,
    [
      ...closings.values(rows),
      addHours(hourOf(now), 3),
      // The first hour that begins within retention.
      factsKeptFrom && hourOf(new Date(factsKeptFrom.getTime() + 3_599_999)),
    ],
  );
}

/** Per event type and datacenter, the marks that close some hour earlier than all others. */
function staircases(marks: readonly ClosingRow[]): ClosingRow[] {
  const lanes = Map.groupBy(marks, ({ eventTypeId, datacenterId }) => `${eventTypeId} ${datacenterId}`);
  return [...lanes.values()].flatMap((lane) => {
    const stairs: ClosingRow[] = [];
    for (const mark of lane) addClosingStep(stairs, mark);
    return stairs;
  });
}

/** Explicit end-of-hour markers: the smallest event time wins. */
export async function writeMarkers(tx: Sql, rows: readonly MarkerRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `WITH merged AS (
       INSERT INTO hour_marker AS old (${markers.names})
       SELECT * FROM ${markers.from("m")} ORDER BY 1, 2, 3
       ON CONFLICT (event_type_id, hour, datacenter_id) DO UPDATE SET closed_at = excluded.closed_at, location = excluded.location
         WHERE excluded.closed_at < old.closed_at
            OR (excluded.closed_at = old.closed_at AND excluded.location COLLATE "C" < coalesce(old.location, chr(1114111)))
       RETURNING event_type_id, hour
     )
     INSERT INTO dirty_hour (event_type_id, hour) SELECT DISTINCT event_type_id, hour FROM merged`,
    markers.values(rows),
  );
}
