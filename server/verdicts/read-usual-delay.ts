import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "./load-facts.ts";

/** Median seconds from an hour's end to its closing, over the type's previous 48 hours; null if none was closed. */
export async function readUsualDelay(sql: Sql, { eventTypeId, hour }: HourKey): Promise<number | null> {
  const { rows } = await sql.query<{ seconds: number | null }>(
    `SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY closed_at - hour - interval '1 hour'))::float8 AS seconds
       FROM verdict
      WHERE event_type_id = $1 AND hour >= $2::timestamptz - interval '48 hours' AND hour < $2 AND closed_at IS NOT NULL`,
    [eventTypeId, hour],
  );
  return rows[0]?.seconds ?? null;
}
