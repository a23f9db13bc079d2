import type { Forecast } from "#domain/forecast.ts";
import type { Sql } from "#server/db/database.ts";

export interface HourForecast extends Forecast {
  eventTypeId: number;
  hour: Date;
}

/** Replaces all forecasts: those of other hours are deleted. */
export async function writeForecasts(sql: Sql, forecasts: readonly HourForecast[], now: Date): Promise<void> {
  await sql.query(
    `WITH made AS (
       SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::float8[], $4::timestamptz[], $5::timestamptz[])
         AS m(event_type_id, hour, breach_probability, closes_at_p50, closes_at_p90)
     ), gone AS (
       DELETE FROM forecast f
        WHERE NOT EXISTS (SELECT FROM made m WHERE m.event_type_id = f.event_type_id AND m.hour = f.hour)
     )
     INSERT INTO forecast (event_type_id, hour, breach_probability, closes_at_p50, closes_at_p90, made_at)
     -- in key order, so that two that write at once queue and do not deadlock
     SELECT m.*, $6 FROM made m ORDER BY 1, 2
     ON CONFLICT (event_type_id, hour) DO UPDATE SET breach_probability = excluded.breach_probability,
       closes_at_p50 = excluded.closes_at_p50, closes_at_p90 = excluded.closes_at_p90, made_at = excluded.made_at`,
    [
      forecasts.map(({ eventTypeId }) => eventTypeId),
      forecasts.map(({ hour }) => hour),
      forecasts.map(({ breachProbability }) => breachProbability),
      forecasts.map(({ closesAt }) => closesAt.p50),
      forecasts.map(({ closesAt }) => closesAt.p90),
      now,
    ],
  );
}
