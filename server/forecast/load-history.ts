import { decodeLanes, type ForecastSample, layOutClosings } from "#domain/forecast.ts";
import { addHours, type Hour, hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { closedLanes, type LaneClosings, loadLaneClosings } from "./load-lane-closings.ts";
import { type LoadedTerms, loadTypeTerms } from "./load-type-terms.ts";

/** Older hours are of another system. */
export const historyHours = 30 * 24;
// This many show what is common to all; further types use their tier's.
const mostTypes = 200;

/** The closings and samples of the last 30 days that domain/forecast learns from. */
export async function loadHistory(sql: Sql, now: Date) {
  const current = hourOf(now);
  const from = addHours(current, -historyHours);
  const types = spread(await loadTypeTerms(sql));
  const ids = types.map(({ id }) => id);
  const [lanes, samples] = await Promise.all([
    loadLaneClosings(sql, { from, to: current, ids }),
    loadSamples(sql, ids, from),
  ]);
  const names = new Map(types.map((type) => [type.id, type.eventType]));
  const fromMs = firstHour(lanes, from, current).getTime();
  const range = { fromMs, hours: (current.getTime() - fromMs) / 3_600_000 + 1 };
  return {
    closings: layOutClosings(range, types, closedLanes(lanes, names, from)),
    samples: samples.flatMap((row) => sampleOf(row, names)),
    nowMs: now.getTime(),
  };
}

/** Types of all ages: evenly spaced in the list. */
function spread(types: readonly LoadedTerms[]): LoadedTerms[] {
  const step = Math.max(1, types.length / mostTypes);
  return types.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

/** The first hour with data: the silence before it must not count as punctual. */
function firstHour(lanes: readonly LaneClosings[], from: Hour, otherwise: Hour): Hour {
  let first = (otherwise.getTime() - from.getTime()) / 3_600_000;
  for (const { closings } of lanes) {
    for (const entry of closings.split(",")) first = Math.min(first, Number.parseInt(entry, 10));
  }
  return addHours(from, first);
}

interface SampleRow {
  id: number;
  ms: number;
  landmarkSeconds: number;
  takenAt: Date;
  lanes: unknown;
}

async function loadSamples(sql: Sql, ids: readonly number[], from: Hour): Promise<SampleRow[]> {
  return sql.rows<SampleRow>(
    `SELECT s.event_type_id AS id, date_part('epoch', s.hour) * 1000 AS ms, s.landmark_seconds AS "landmarkSeconds",
            s.taken_at AS "takenAt", s.lanes
       FROM forecast_sample s WHERE s.event_type_id = ANY ($1) AND s.hour >= $2`,
    [ids, from],
  );
}

function sampleOf(row: SampleRow, names: ReadonlyMap<number, string>): ForecastSample[] {
  const eventType = names.get(row.id);
  if (eventType === undefined) return [];
  const landmarkMs = row.landmarkSeconds * 1000;
  const [hourStartMs, atMs] = [row.ms, row.takenAt.getTime()];
  return [{ eventType, hourStartMs, landmarkMs, atMs, lanes: decodeLanes(row.lanes) }];
}
