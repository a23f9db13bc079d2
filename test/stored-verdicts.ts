import type { Sql } from "#server/db/database.ts";

/** The verdicts up to now, in the shape of modelVerdicts. */
export async function storedVerdicts(sql: Sql, now: Date) {
  const { rows } = await sql.query<{ hour: Date; closedAt: Date | null }>(
    `SELECT t.name AS "eventType", v.hour, v.state, v.closed_at AS "closedAt", v.produced, v.delivered, v.lost, v.duplicated,
            v.skewed, v.known
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id WHERE v.hour <= $1 ORDER BY v.hour, t.name`,
    [now],
  );
  return rows.map((row) => ({ ...row, hour: row.hour.toISOString(), closedAt: row.closedAt?.toISOString() ?? null }));
}
