import { daysOfHour } from "#domain/calendar-day.ts";
import { defaultTolerance } from "#domain/catalogue.ts";
import { hourEnd } from "#domain/hour.ts";
import { isReady } from "#domain/readiness.ts";
import { bulkRows, type RowOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { JudgedHour } from "#server/verdicts/index.ts";

interface DayListener {
  subscriptionId: string;
  zone: string;
  createdAt: Date;
  eventTypeId: number;
  minCompleteness: number | null;
  maxDuplicated: number | null;
}

const markRows = bulkRows({ subscriptionId: "text", day: "text", readied: "bool" });
type Mark = RowOf<typeof markRows>;

/** Marks the subscribed days that contain these changed hours, in the judge's transaction. sendDays evaluates them. */
export async function markDays(tx: Sql, changed: readonly JudgedHour[], now: Date): Promise<void> {
  const listeners = await loadDayListeners(tx, [...new Set(changed.map(({ eventTypeId }) => eventTypeId))]);
  const marks = new Map<string, Mark>();
  for (const listener of listeners) {
    for (const hour of changed) {
      for (const mark of marksOf(listener, hour)) {
        const key = `${mark.subscriptionId} ${mark.day}`;
        marks.set(key, { ...mark, readied: mark.readied || marks.get(key)?.readied === true });
      }
    }
  }
  if (marks.size === 0) return;
  await tx.query(`INSERT INTO day_mark (${markRows.names}, changed_at) SELECT n.*, $1 FROM ${markRows.from("n", 2)}`, [
    now,
    ...markRows.values([...marks.values()]),
  ]);
}

/** Omits unfinished hours that were never ready, and history judged for the first time. */
function marksOf({ subscriptionId, zone, createdAt, ...listener }: DayListener, judged: JudgedHour): Mark[] {
  const { hour, before, judgement } = judged;
  if (listener.eventTypeId !== judged.eventTypeId) return [];
  if (before.revision === 0 && hourEnd(hour) <= createdAt) return [];
  const terms = {
    minCompleteness: listener.minCompleteness,
    maxDuplicated: listener.maxDuplicated ?? defaultTolerance,
  };
  const [wasReady, ready] = [before.revision > 0 && isReady(before, terms), isReady(judgement, terms)];
  if (!wasReady && !ready && !before.settled) return [];
  return daysOfHour(hour, zone).map((day) => ({ subscriptionId, day, readied: ready && !wasReady }));
}

/** Per type: the threshold of the consumer with this name, or the type's own if it is no longer registered. */
async function loadDayListeners(tx: Sql, eventTypeIds: readonly number[]): Promise<DayListener[]> {
  return tx.rows<DayListener>(
    `SELECT s.id AS "subscriptionId", s.day_zone AS zone, s.created_at AS "createdAt", t.id AS "eventTypeId",
            of_type.min_completeness AS "minCompleteness", t.max_duplicated AS "maxDuplicated"
       FROM subscription s
       JOIN consumer c ON c.id = s.consumer_id
       JOIN event_type t ON t.id = ANY (s.day_event_type_ids) AND t.id = ANY ($1)
       LEFT JOIN consumer of_type ON of_type.event_type_id = t.id AND of_type.name = c.name
      WHERE s.day_event_type_ids && $1::int[]`,
    [eventTypeIds],
  );
}
