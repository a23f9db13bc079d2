import type { BehindFacts } from "#domain/behind.ts";
import type { Sql } from "#server/db/database.ts";

/** Since each loop last completed a turn, in any process, and how long that may be. */
export async function readTurns(sql: Sql): Promise<BehindFacts["turns"][number][]> {
  return sql.rows<BehindFacts["turns"][number]>(
    `SELECT turn, extract(epoch FROM clock_timestamp() - coalesce(max(completed_at), min(since)))::float8 AS "ageSeconds",
            max(allowed_age_seconds) AS "allowedSeconds",
            extract(epoch FROM clock_timestamp() - max(reported_at))::float8 AS "silentSeconds"
       FROM worker_turn GROUP BY turn ORDER BY turn`,
  );
}
