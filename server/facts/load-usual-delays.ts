import type { Sql } from "#server/db/database.ts";

/** A lane's closing delays before an hour. */
export interface UsualDelay {
  p50Seconds: number;
  p90Seconds: number;
  /** How many steps it was found from. */
  hours: number;
}

const recentSteps = 48;

/**
 * By event type and datacenter: the delays of the last 48 steps that a lane closed before the hour, as known an hour later at most. Lanes
 * without any are absent.
 */
export async function loadUsualDelays(
  sql: Sql,
  ids: readonly number[],
  before: Date,
): Promise<Map<number, Map<string, UsualDelay>>> {
  const { rows } = await sql.query<UsualDelay & { id: number; dc: string }>(
    `SELECT w.event_type_id AS id, d.name AS dc, usual.*
       FROM watermark w
       JOIN datacenter d ON d.id = w.datacenter_id
      CROSS JOIN LATERAL (
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY delay) AS "p50Seconds",
               percentile_cont(0.9) WITHIN GROUP (ORDER BY delay) AS "p90Seconds", count(*)::int AS hours
          -- a sender whose clock is behind closes an hour at its end, as verdicts have it
          FROM (SELECT greatest(date_part('epoch', s.closed_at - s.closed_through), 0) AS delay FROM closing_step s
                 WHERE s.event_type_id = w.event_type_id AND s.datacenter_id = w.datacenter_id AND s.closed_through < $2
                   AND s.closed_at <= $2::timestamptz + interval '1 hour'
                 ORDER BY s.closed_through DESC LIMIT $3) steps) usual
      WHERE w.event_type_id = ANY ($1) AND usual.hours > 0`,
    [ids, before, recentSteps],
  );
  const usual = new Map<number, Map<string, UsualDelay>>();
  for (const { id, dc, ...delay } of rows) usual.set(id, (usual.get(id) ?? new Map()).set(dc, delay));
  return usual;
}
