import type { Sql } from "#server/db/database.ts";
import type { Correction } from "#server/db/generated/client.ts";
import {
  divideHeld,
  type HeldMarkerRow,
  type HeldMarkRow,
  writeClosings,
  writeHeldMarkers,
  writeHeldMarks,
  writeMarkers,
  writeMarks,
  writeWatermarks,
} from "#server/facts/index.ts";
import { readOldestHour } from "#server/verdicts/index.ts";
import type { Moved, Step } from "./correction-kind.ts";

const rowsAtOnce = 100;

// The next correction to hold a mark: of those that cover it, the one that reaches least beyond the undone one.
const nextHolder = (closedThrough: string) => `
  (SELECT c.id::float8 FROM correction c
    WHERE c.action = 'reset-watermark' AND c.undone_at IS NULL AND c.datacenter_id = t.datacenter_id
      AND coalesce(c.event_type_id = t.event_type_id, true) AND c.after_at < ${closedThrough}
      AND (c.observed_through, c.id) > ($3, $1::bigint)
    ORDER BY c.observed_through, c.id LIMIT 1) AS "heldBy"`;

/** Merges marks back, or into the next correction that covers them: type by type from the cursor. */
export async function restoreMarks(tx: Sql, { correction, size, now }: Step): Promise<Moved> {
  const limit = size * rowsAtOnce;
  const moment = { now, factsKeptFrom: await readOldestHour(tx) };
  const taken = await takeMarks(tx, correction, limit);
  const marks = divideHeld(taken);
  await writeHeldMarks(tx, marks.held);
  await writeWatermarks(tx, largestOf(marks.counting));
  await writeMarks(tx, marks.counting);
  await writeClosings(tx, marks.counting, moment);
  const takenMarkers = await takeMarkers(tx, correction, limit);
  const markers = divideHeld(takenMarkers);
  await writeHeldMarkers(tx, markers.held);
  await writeMarkers(tx, markers.counting);
  // A truncated list may leave further marks of its last type.
  const left = [taken, takenMarkers].filter((list) => list.length === limit);
  if (left.length === 0) return { done: true, affectedHours: 0 };
  const lastTypes = left.map((list) => list.reduce((last, { eventTypeId }) => Math.max(last, eventTypeId), 0));
  return { done: false, affectedHours: 0, cursorEventTypeId: Math.min(...lastTypes) };
}

type Unheld<Row> = Omit<Row, "heldBy"> & { heldBy: number | null };

async function takeMarks(tx: Sql, { id, observedThrough, cursorEventTypeId }: Correction, limit: number) {
  return tx.rows<Unheld<HeldMarkRow>>(
    `WITH taken AS (
       DELETE FROM set_aside_mark
        WHERE ctid IN (SELECT ctid FROM set_aside_mark WHERE correction_id = $1 AND event_type_id >= $4
                        ORDER BY event_type_id, datacenter_id, closed_through LIMIT $2)
       RETURNING *
     )
     SELECT t.event_type_id AS "eventTypeId", t.datacenter_id AS "datacenterId", t.closed_through AS "closedThrough",
            t.closed_at AS "closedAt", t.watermark, t.observed_at AS "observedAt", ${nextHolder("t.closed_through")}
       FROM taken t`,
    [id, limit, observedThrough, cursorEventTypeId ?? 0],
  );
}

async function takeMarkers(tx: Sql, { id, observedThrough, cursorEventTypeId }: Correction, limit: number) {
  return tx.rows<Unheld<HeldMarkerRow>>(
    `WITH taken AS (
       DELETE FROM set_aside_marker
        WHERE ctid IN (SELECT ctid FROM set_aside_marker WHERE correction_id = $1 AND event_type_id >= $4
                        ORDER BY event_type_id, hour, datacenter_id LIMIT $2)
       RETURNING *
     )
     SELECT t.event_type_id AS "eventTypeId", t.hour, t.datacenter_id AS "datacenterId", t.closed_at AS "closedAt", t.location,
            ${nextHolder("t.hour + interval '1 hour'")}
       FROM taken t`,
    [id, limit, observedThrough, cursorEventTypeId ?? 0],
  );
}

/** The largest watermark per type; of ties, the earliest. */
function largestOf(marks: readonly Unheld<HeldMarkRow>[]): Unheld<HeldMarkRow>[] {
  const largest = new Map<string, Unheld<HeldMarkRow>>();
  for (const mark of marks) {
    const key = `${mark.eventTypeId} ${mark.datacenterId}`;
    const known = largest.get(key);
    const ahead = known ? mark.watermark.getTime() - known.watermark.getTime() : 1;
    if (ahead > 0 || (known && ahead === 0 && mark.observedAt < known.observedAt)) largest.set(key, mark);
  }
  return [...largest.values()];
}
