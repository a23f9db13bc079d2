import type { Forecast } from "#domain/forecast.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

export interface HourForecast extends Forecast {
  eventTypeId: number;
  hour: Date;
}

const forecastRows = bulkRows({
  eventTypeId: "int",
  hour: "timestamptz",
  breachProbability: "float8",
  closesAtP50: "timestamptz",
  closesAtP90: "timestamptz",
});

/** Replaces all forecasts: those of other hours are deleted. */
export async function writeForecasts(sql: Sql, forecasts: readonly HourForecast[], now: Date): Promise<void> {
  const rows = forecasts.map(({ closesAt: { p50, p90 }, ...row }) => ({ ...row, closesAtP50: p50, closesAtP90: p90 }));
  await sql.query(
    `WITH made AS (
       SELECT * FROM ${forecastRows.from("m", 2)}
     ), gone AS (
       DELETE FROM forecast f
        WHERE NOT EXISTS (SELECT FROM made m WHERE m.event_type_id = f.event_type_id AND m.hour = f.hour)
     )
     INSERT INTO forecast (${forecastRows.names}, made_at)
     -- in key order, so that two that write at once queue and do not deadlock
     SELECT m.*, $1 FROM made m ORDER BY 1, 2
     ON CONFLICT (event_type_id, hour) DO UPDATE SET breach_probability = excluded.breach_probability,
       closes_at_p50 = excluded.closes_at_p50, closes_at_p90 = excluded.closes_at_p90, made_at = excluded.made_at`,
    [now, ...forecastRows.values(rows)],
  );
}
