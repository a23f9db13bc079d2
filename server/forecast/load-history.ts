import { type ClosedLane, type ForecastSample, layOutClosings } from "#domain/forecast.ts";
import { addHours, type Hour, hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { type LoadedTerms, loadTypeTerms } from "./load-type-terms.ts";
import { decodeLanes } from "./sample-lanes.ts";

/** Older hours tell of another system. */
export const historyHours = 30 * 24;
// What is common to all shows in so many; types beyond them go by their tier.
const mostTypes = 200;

/** The closings and samples of the last 30 days, as domain/forecast learns from them. */
export async function loadHistory(sql: Sql, now: Date) {
  const current = hourOf(now);
  const from = addHours(current, -historyHours);
  const types = spread(await loadTypeTerms(sql));
  const ids = types.map(({ id }) => id);
  const [lanes, samples] = await Promise.all([loadLanes(sql, ids, from, current), loadSamples(sql, ids, from)]);
  const names = new Map(types.map((type) => [type.id, type.eventType]));
  const fromMs = firstHour(lanes, from, current).getTime();
  const range = { fromMs, hours: (current.getTime() - fromMs) / 3_600_000 + 1 };
  return {
    closings: layOutClosings(range, types, closedLanes(lanes, names, from)),
    samples: samples.flatMap((row) => sampleOf(row, names)),
    nowMs: now.getTime(),
  };
}

/** Types of all ages: an even part of the list. */
function spread(types: readonly LoadedTerms[]): LoadedTerms[] {
  const step = Math.max(1, types.length / mostTypes);
  return types.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

interface LaneRow {
  id: number;
  dc: string;
  /** `hour:closed`, comma between: hours since the first one that was asked for, and the closing in ms, empty while there is none. */
  closings: string;
}

async function loadLanes(sql: Sql, ids: readonly number[], from: Hour, to: Hour): Promise<LaneRow[]> {
  // One row a lane instead of one an hour of it: a month of a hundred types is 360,000 of those.
  const { rows } = await sql.query<LaneRow>(
    `SELECT v.event_type_id AS id, e.lane ->> 0 AS dc,
            string_agg((date_part('epoch', v.hour - $2) / 3600)::int || ':' || coalesce(e.lane ->> 1, ''), ',') AS closings
       FROM verdict v
       JOIN event_type t ON t.id = v.event_type_id
      CROSS JOIN LATERAL jsonb_array_elements(v.evidence) AS e(lane)
      WHERE v.event_type_id = ANY ($1) AND v.hour BETWEEN $2 AND $3 AND v.revision > 0
        AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [ids, from, to],
  );
  return rows;
}

/** The first hour of which there is anything: what came before is no history of punctual silence. */
function firstHour(lanes: readonly LaneRow[], from: Hour, otherwise: Hour): Hour {
  let first = (otherwise.getTime() - from.getTime()) / 3_600_000;
  for (const { closings } of lanes) {
    for (const entry of closings.split(",")) first = Math.min(first, Number.parseInt(entry, 10));
  }
  return addHours(from, first);
}

function* closedLanes(
  lanes: readonly LaneRow[],
  names: ReadonlyMap<number, string>,
  from: Hour,
): Generator<ClosedLane> {
  for (const { id, dc, closings } of lanes) {
    const eventType = names.get(id);
    if (eventType === undefined) continue;
    for (const entry of closings.split(",")) {
      const [hour = "", closed = ""] = entry.split(":");
      const hourStartMs = from.getTime() + Number(hour) * 3_600_000;
      yield { eventType, dc, hourStartMs, closedAtMs: closed === "" ? null : Number(closed) };
    }
  }
}

interface SampleRow {
  id: number;
  ms: number;
  landmarkSeconds: number;
  takenAt: Date;
  lanes: unknown;
}

async function loadSamples(sql: Sql, ids: readonly number[], from: Hour): Promise<SampleRow[]> {
  const { rows } = await sql.query<SampleRow>(
    `SELECT s.event_type_id AS id, date_part('epoch', s.hour) * 1000 AS ms, s.landmark_seconds AS "landmarkSeconds",
            s.taken_at AS "takenAt", s.lanes
       FROM forecast_sample s WHERE s.event_type_id = ANY ($1) AND s.hour >= $2`,
    [ids, from],
  );
  return rows;
}

function sampleOf(row: SampleRow, names: ReadonlyMap<number, string>): ForecastSample[] {
  const eventType = names.get(row.id);
  if (eventType === undefined) return [];
  const landmarkMs = row.landmarkSeconds * 1000;
  const [hourStartMs, atMs] = [row.ms, row.takenAt.getTime()];
  return [{ eventType, hourStartMs, landmarkMs, atMs, lanes: decodeLanes(row.lanes) }];
}
