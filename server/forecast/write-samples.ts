import type { ForecastSample } from "#domain/forecast.ts";
import { encodeLanes } from "#domain/forecast.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
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

const sampleRows = bulkRows({
  eventTypeId: "int",
  hour: "timestamptz",
  landmarkSeconds: "int",
  takenAt: "timestamptz",
  lanes: "jsonb",
});

/** The first sample at a landmark wins. */
export async function writeSamples(sql: Sql, samples: readonly TypedSample[]): Promise<void> {
  if (samples.length === 0) return;
  const rows = samples.map(({ eventTypeId, hourStartMs, landmarkMs, atMs, lanes }) => ({
    eventTypeId,
    hour: new Date(hourStartMs),
    landmarkSeconds: landmarkMs / 1000,
    takenAt: new Date(atMs),
    lanes: encodeLanes(lanes),
  }));
  await sql.query(
    `INSERT INTO forecast_sample (${sampleRows.names})
     SELECT * FROM ${sampleRows.from("s")} ORDER BY 1, 2, 3
     ON CONFLICT DO NOTHING`,
    sampleRows.values(rows),
  );
}
