import { type CatchUp, type ForecastFacts, layOutClosings, recentHours, type UnclosedHour } from "#domain/forecast.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { lanesOf, parseLanes } from "#server/verdicts/index.ts";
import { closedLanes, loadLaneClosings } from "./load-lane-closings.ts";
import { loadTypeTerms } from "./load-type-terms.ts";

export interface LoadedFacts {
  facts: ForecastFacts;
  /** Event type → id. */
  ids: ReadonlyMap<string, number>;
}

// An hour a week past its deadline leaves nothing to forecast, and there may be thousands.
const forsakenAfterMs = 7 * 86_400_000;

/** A lane that catches up after an incident, and what is expected of it. */
export interface LaneCatchUp {
  eventTypeId: number;
  datacenter: string;
  p50At: Date;
  p90At: Date;
}

/** What incidents expect, from those who keep them. */
export type LoadCatchUps = (sql: Sql, now: Date) => Promise<LaneCatchUp[]>;

/** The facts for forecasts now: current verdicts and watermarks. */
export async function loadForecastFacts(
  sql: Sql,
  now: Date,
  { loadCatchUps = async () => [] }: { loadCatchUps?: LoadCatchUps | undefined } = {},
): Promise<LoadedFacts> {
  const nowMs = now.getTime();
  const current = hourOf(now);
  const from = addHours(current, -recentHours);
  const types = await loadTypeTerms(sql);
  const names = new Map(types.map((type) => [type.id, type.eventType]));
  const [recent, unclosed, watermarks, backlogs, catchUps] = await Promise.all([
    loadLaneClosings(sql, { from, to: current, ids: null }),
    loadUnclosed(sql, current, new Date(nowMs - forsakenAfterMs)),
    loadWatermarks(sql, now),
    loadBacklogs(sql, now),
    loadCatchUps(sql, now),
  ]);
  const range = { fromMs: from.getTime(), hours: recentHours + 1 };
  return {
    ids: new Map(types.map((type) => [type.eventType, type.id])),
    facts: {
      nowMs,
      closings: layOutClosings(range, types, closedLanes(recent, names, from)),
      unclosed: unclosed.flatMap((row) => hourOfRow(row, names)),
      watermarks: byName(watermarks, names),
      backlogs: byName(backlogs, names),
      catchUps: catchUpsByName(catchUps, names),
    },
  };
}

interface UnclosedRow {
  id: number;
  ms: number;
  deadlineAt: Date;
  lanes: unknown;
}

async function loadUnclosed(sql: Sql, current: Date, forsaken: Date): Promise<UnclosedRow[]> {
  return sql.rows<UnclosedRow>(
    `SELECT v.event_type_id AS id, date_part('epoch', v.hour) * 1000 AS ms, v.deadline_at AS "deadlineAt", ${lanesOf("v")} AS lanes
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id AND t.claimed_at IS NOT NULL
      WHERE v.closed_at IS NULL AND v.revision > 0 AND v.hour <= $1 AND v.deadline_at > $2
        AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
      ORDER BY v.event_type_id, v.hour`,
    [current, forsaken],
  );
}

function hourOfRow(
  { id, ms, deadlineAt, lanes: stored }: UnclosedRow,
  names: ReadonlyMap<number, string>,
): UnclosedHour[] {
  const eventType = names.get(id);
  if (eventType === undefined) return [];
  const lanes = parseLanes(stored).map(({ name, closedAt, produced, delivered }) => ({
    dc: name,
    closedAtMs: closedAt?.getTime() ?? null,
    produced: produced === null ? null : Number(produced),
    delivered: Number(delivered),
  }));
  return [{ eventType, hourStartMs: ms, deadlineAtMs: deadlineAt.getTime(), lanes }];
}

/** Datacenter → ms. */
interface MarksRow {
  id: number;
  marks: Record<string, number>;
}

function byName(rows: readonly MarksRow[], names: ReadonlyMap<number, string>): Map<string, Map<string, number>> {
  return new Map(
    rows.flatMap(({ id, marks }) => {
      const eventType = names.get(id);
      return eventType === undefined ? [] : [[eventType, new Map(Object.entries(marks))]];
    }),
  );
}

/** Of a lane of several incidents the latest. */
function catchUpsByName(rows: readonly LaneCatchUp[], names: ReadonlyMap<number, string>) {
  const byType = new Map<string, Map<string, CatchUp>>();
  for (const { eventTypeId, datacenter, p50At, p90At } of rows) {
    const eventType = names.get(eventTypeId);
    if (eventType === undefined) continue;
    const lanes = byType.get(eventType) ?? new Map<string, CatchUp>();
    byType.set(eventType, lanes);
    const { p50Ms = 0, p90Ms = 0 } = lanes.get(datacenter) ?? {};
    lanes.set(datacenter, { p50Ms: Math.max(p50Ms, p50At.getTime()), p90Ms: Math.max(p90Ms, p90At.getTime()) });
  }
  return byType;
}

async function loadWatermarks(sql: Sql, now: Date): Promise<MarksRow[]> {
  return sql.rows<MarksRow>(
    `SELECT w.event_type_id AS id, json_object_agg(d.name, date_part('epoch', w.watermark) * 1000) AS marks
       FROM watermark w
       JOIN datacenter d ON d.id = w.datacenter_id
       JOIN event_type t ON t.id = w.event_type_id AND t.claimed_at IS NOT NULL
      WHERE t.active_from <= $1 AND (t.active_to IS NULL OR t.active_to > $1)
      GROUP BY 1`,
    [now],
  );
}

// An older gauge says nothing about now.
const gaugeFreshForMs = 15 * 60_000;

/** The stage that waits longest, by type and datacenter; "": none given. */
async function loadBacklogs(sql: Sql, now: Date): Promise<MarksRow[]> {
  return sql.rows<MarksRow>(
    `SELECT id, json_object_agg(dc, age_ms) AS marks
       FROM (SELECT b.event_type_id AS id, coalesce(d.name, '') AS dc, max(b.oldest_age_seconds) * 1000 AS age_ms
               FROM backlog b LEFT JOIN datacenter d ON d.id = b.datacenter_id
              WHERE b.observed_at > $1 GROUP BY 1, 2) oldest
      GROUP BY 1`,
    [new Date(now.getTime() - gaugeFreshForMs)],
  );
}
