import type { ForecastSample } from "#domain/forecast.ts";
import { encodeLanes } from "#domain/forecast.ts";
import type { Sql } from "#server/db/database.ts";

const enoughTypes = 100;
const earlyMs = 30 * 60_000;

export interface TypedSample extends ForecastSample {
  eventTypeId: number;
}

/**
 * Every hour is open when it ends: with many types, samples of some are enough, of different types each hour. Hours open
 * for long are rare, and all kept.
 */
export function thinSamples(samples: readonly TypedSample[], types: number): TypedSample[] {
  const oneOf = Math.max(1, Math.round(types / enoughTypes));
  return samples.filter(
    ({ landmarkMs, hourStartMs, eventTypeId }) =>
      landmarkMs >= earlyMs || (eventTypeId + hourStartMs / 3_600_000) % oneOf === 0,
  );
}

/** The first sample at a landmark wins. */
export async function writeSamples(sql: Sql, samples: readonly TypedSample[]): Promise<void> {
  if (samples.length === 0) return;
  await sql.query(
    `INSERT INTO forecast_sample (event_type_id, hour, landmark_seconds, taken_at, lanes)
     SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::int[], $4::timestamptz[], $5::jsonb[]) ORDER BY 1, 2, 3
     ON CONFLICT DO NOTHING`,
    [
      samples.map(({ eventTypeId }) => eventTypeId),
      samples.map(({ hourStartMs }) => new Date(hourStartMs)),
      samples.map(({ landmarkMs }) => landmarkMs / 1000),
      samples.map(({ atMs }) => new Date(atMs)),
      samples.map(({ lanes }) => encodeLanes(lanes)),
    ],
  );
}
