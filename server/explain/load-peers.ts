import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "#server/verdicts/index.ts";

/** For one hour at one datacenter: the types with a verdict there, and those late there. */
export interface Peers {
  types: number[];
  late: number[];
}

export function peerKey(hour: Date, datacenter: string): string {
  return `${hour.getTime()} ${datacenter}`;
}

/** By peerKey. Late: the closing, or the wait so far, exceeds twice the type's usual delay plus five minutes. */
export async function loadPeers(sql: Sql, keys: readonly HourKey[], now: Date): Promise<ReadonlyMap<string, Peers>> {
  const hours = [...new Set(keys.map(({ hour }) => hour.getTime()))].map((ms) => new Date(ms));
  const { rows } = await sql.query<Peers & { hour: Date; dc: string }>(
    `WITH usual AS (
       SELECT v.event_type_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY v.closed_at - v.hour - interval '1 hour') AS delay
         FROM verdict v
        WHERE v.hour >= $2::timestamptz - interval '12 hours' AND v.hour < $3 AND v.closed_at IS NOT NULL
        GROUP BY 1
     )
     SELECT l.hour, l.datacenter AS dc, array_agg(l.event_type_id) AS types,
            coalesce(array_agg(l.event_type_id) FILTER (
              WHERE coalesce(l.closed_at, $4) - l.hour - interval '1 hour'
                    > 2 * coalesce(u.delay, interval '15 minutes') + interval '5 minutes'), '{}') AS late
       FROM lane_figures l
       LEFT JOIN usual u ON u.event_type_id = l.event_type_id
      WHERE l.hour = ANY ($1) AND l.hour BETWEEN $2 AND $3
      GROUP BY 1, 2`,
    [hours, new Date(Math.min(...hours.map(Number))), new Date(Math.max(...hours.map(Number))), now],
  );
  return new Map(rows.map(({ hour, dc, types, late }) => [peerKey(hour, dc), { types, late }]));
}
