import type { Sql } from "#server/db/database.ts";
import { hourKeys, keyColumns } from "#server/verdicts/index.ts";
import { laneKey } from "./load-lane-history.ts";
import type { VerdictToExplain } from "./load-verdicts-to-explain.ts";

/** Smaller shares are harmless and not queried. */
const askedFromShare = 0.0005;

export interface Skew {
  skewed: number;
  /** Over the day before; null: nothing was delivered. */
  usualShare: number | null;
}

/** By laneKey and hour, for hours with notable skew. */
export async function loadSkews(sql: Sql, verdicts: readonly VerdictToExplain[]): Promise<ReadonlyMap<string, Skew>> {
  const asked = verdicts.filter(({ skewed, delivered }) => Number(skewed) > askedFromShare * Number(delivered));
  if (asked.length === 0) return new Map();
  const { rows } = await sql.query<{ id: number; hour: Date; dc: string; skewed: string; usualShare: number | null }>(
    `WITH key AS (
       SELECT * FROM ${hourKeys.from("k")}
     ), lane AS (
       SELECT l.event_type_id, l.hour, l.datacenter_id, sum(l.events) AS delivered,
              coalesce(sum(l.events) FILTER (WHERE l.landed_hour <> l.hour), 0) AS skewed
         FROM lane_total l
        WHERE l.event_type_id = ANY ($1) AND l.stage = 3 AND l.hour BETWEEN $3::timestamptz - interval '24 hours' AND $4
        GROUP BY 1, 2, 3
     )
     SELECT k.event_type_id AS id, k.hour, d.name AS dc, lane.skewed,
            (SELECT sum(before.skewed)::float8 / nullif(sum(before.delivered), 0)::float8 FROM lane before
              WHERE before.event_type_id = k.event_type_id AND before.datacenter_id = lane.datacenter_id
                AND before.hour >= k.hour - interval '24 hours' AND before.hour < k.hour - interval '3 hours') AS "usualShare"
       FROM key k
       JOIN lane ON lane.event_type_id = k.event_type_id AND lane.hour = k.hour
       JOIN datacenter d ON d.id = lane.datacenter_id`,
    keyColumns(asked),
  );
  return new Map(
    rows.map(({ id, hour, dc, skewed, usualShare }) => [
      laneHourKey(id, dc, hour),
      { skewed: Number(skewed), usualShare },
    ]),
  );
}

export function laneHourKey(eventTypeId: number, datacenter: string, hour: Date): string {
  return `${laneKey(eventTypeId, datacenter)} ${hour.getTime()}`;
}
