import type { StatusJson } from "#domain/api/board.ts";
import type { Sql } from "#server/db/database.ts";

/** Background progress on past hours of catalogue changes; null: there are none. */
export async function readTaskProgress(sql: Sql): Promise<StatusJson["rejudging"]> {
  const { rows } = await sql.query<{ hours: number; done: number; elapsed: number }>(
    `SELECT coalesce(sum(extract(epoch FROM to_hour - from_hour) / 3600), 0)::float8 AS hours,
            coalesce(sum(extract(epoch FROM to_hour - next_hour) / 3600), 0)::float8 AS done,
            coalesce(extract(epoch FROM clock_timestamp() - min(queued_at)), 0)::float8 AS elapsed
       FROM hour_task`,
  );
  const { hours = 0, done = 0, elapsed = 0 } = rows[0] ?? {};
  if (hours === done) return null;
  return { hours, doneHours: done, secondsLeft: done === 0 ? null : Math.ceil((elapsed / done) * (hours - done)) };
}
