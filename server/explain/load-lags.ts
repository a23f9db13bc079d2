import type { Sql } from "#server/db/database.ts";

/** How far a datacenter was behind at one of its samples. */
export interface LagSample {
  datacenterId: number;
  atMs: number;
  /** The sample's time minus the lowest watermark of the types that expect the datacenter; null: none had one. */
  lagSeconds: number | null;
}

interface LagsWanted {
  /** Excluded. */
  after: Date;
  to: Date;
  /** Of each span of this length the last sample. */
  stepSeconds: number;
  /** null: all. */
  datacenterId: number | null;
}

/** Datacenters' lags over time, oldest first. */
export async function loadLags(sql: Sql, { after, to, stepSeconds, datacenterId }: LagsWanted): Promise<LagSample[]> {
  return sql.rows<LagSample>(
    `WITH picked AS (
       SELECT datacenter_id, max(at) AS at FROM lane_sample
        WHERE at > $1 AND at <= $2 AND ($4::int IS NULL OR datacenter_id = $4)
        GROUP BY datacenter_id, floor(date_part('epoch', at) / $3::int)
     )
     SELECT p.datacenter_id AS "datacenterId", date_part('epoch', p.at) * 1000 AS "atMs",
            date_part('epoch', p.at - min(s.watermark) FILTER (WHERE t.id IS NOT NULL)) AS "lagSeconds"
       FROM picked p
       JOIN lane_sample m ON m.datacenter_id = p.datacenter_id AND m.at = p.at
       JOIN datacenter d ON d.id = p.datacenter_id
      CROSS JOIN LATERAL unnest(m.event_type_ids, m.watermarks) AS s(id, watermark)
       LEFT JOIN event_type t ON t.id = s.id AND t.claimed_at IS NOT NULL AND (t.active_to IS NULL OR t.active_to > p.at)
             AND (t.datacenters = '{}' OR d.name = ANY (t.datacenters))
      GROUP BY p.datacenter_id, p.at
      ORDER BY p.at`,
    [after, to, stepSeconds, datacenterId],
  );
}
