import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys, keyColumns, verdictKey } from "#server/verdicts/index.ts";

/** By verdictKey: how many events each datacenter misplaced in the hour. Datacenters that misplaced none are absent. */
export async function loadSkews(sql: Sql, keys: readonly HourKey[]): Promise<Map<string, Record<string, number>>> {
  const skews = new Map<string, Record<string, number>>();
  if (keys.length === 0) return skews;
  const { rows } = await sql.query<HourKey & { datacenter: string; skewed: number }>(
    `SELECT s.event_type_id AS "eventTypeId", s.hour, d.name AS datacenter, s.skewed::float8 AS skewed
       FROM (SELECT l.event_type_id, l.hour, l.datacenter_id, sum(l.events) AS skewed
               FROM ${hourKeys.from("k")}
               -- $3 and $4 let the planner leave other months' partitions out
               JOIN lane_total l ON l.event_type_id = k.event_type_id AND l.hour = k.hour AND l.hour BETWEEN $3 AND $4
              WHERE l.stage = 3 AND l.landed_hour <> l.hour GROUP BY 1, 2, 3) s
       JOIN datacenter d ON d.id = s.datacenter_id`,
    keyColumns(keys),
  );
  for (const { datacenter, skewed, ...key } of rows)
    skews.set(verdictKey(key), { ...skews.get(verdictKey(key)), [datacenter]: skewed });
  return skews;
}
