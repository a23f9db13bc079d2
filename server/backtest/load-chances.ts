import { pastChances } from "#domain/backtest.ts";
import { type ClosedLane, decodeLanes, type ForecastSample, layOutClosings } from "#domain/forecast.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { loadModel } from "#server/forecast/index.ts";
import type { LoadedHistory } from "./load-history.ts";
import { workBetweenTurns } from "./work-between-turns.ts";

/** The same history with the stored model's forecast for each hour at the time; null: there is no model. */
export async function withChances(database: Database, history: LoadedHistory): Promise<LoadedHistory | null> {
  const stored = await loadModel(database, null);
  if (!stored) return null;
  const terms = history.types.map(({ eventType, tier, deadlineSeconds }) => ({
    eventType,
    tier,
    deadlineMs: deadlineSeconds * 1000,
  }));
  const range = {
    fromMs: history.from.getTime(),
    hours: Math.round((history.to.getTime() - history.from.getTime()) / 3_600_000),
  };
  const chances = await workBetweenTurns(
    pastChances({
      model: stored.model,
      closings: layOutClosings(range, terms, closedLanes(history)),
      samples: await loadSamples(database.sql, history),
      untilMs: history.until.getTime(),
    }),
  );
  for (const { eventType, hours } of history.types) {
    const said = chances.get(eventType);
    for (const hour of hours) hour.chances = said?.get(hour.hour.getTime()) ?? [];
  }
  return history;
}

function* closedLanes({ types }: LoadedHistory): Generator<ClosedLane> {
  for (const { eventType, hours } of types) {
    for (const { hour, lanes } of hours) {
      for (const { datacenter, closedAt } of lanes) {
        yield { eventType, dc: datacenter, hourStartMs: hour.getTime(), closedAtMs: closedAt?.getTime() ?? null };
      }
    }
  }
}

async function loadSamples(sql: Sql, { types, from, to }: LoadedHistory): Promise<ForecastSample[]> {
  const { rows } = await sql.query<{ id: number; ms: number; landmarkSeconds: number; takenAt: Date; lanes: unknown }>(
    `SELECT event_type_id AS id, date_part('epoch', hour) * 1000 AS ms, landmark_seconds AS "landmarkSeconds",
            taken_at AS "takenAt", lanes
       FROM forecast_sample WHERE event_type_id = ANY ($1) AND hour >= $2 AND hour < $3 AND landmark_seconds >= 0`,
    [types.map(({ id }) => id), from, to],
  );
  const names = new Map(types.map(({ id, eventType }) => [id, eventType]));
  return rows.flatMap(({ id, ms, landmarkSeconds, takenAt, lanes }) => {
    const eventType = names.get(id);
    if (eventType === undefined) return [];
    return {
      eventType,
      hourStartMs: ms,
      landmarkMs: landmarkSeconds * 1000,
      atMs: takenAt.getTime(),
      lanes: decodeLanes(lanes),
    };
  });
}
