import type { Database } from "#server/db/database.ts";

/**
 * The lanes of the verdicts of the hours from..last, both included: five datacenters that share an hour's events, of which the second loses
 * some.
 */
export async function fillLanes(database: Database, from: Date, last: Date): Promise<void> {
  await database.sql.query(
    `INSERT INTO verdict_lane (event_type_id, hour, datacenter_id, closed_at, watermark, known, produced, published, delivered)
     SELECT v.event_type_id, v.hour, d.id, v.closed_at - make_interval(secs => d.id), v.hour + make_interval(secs => 7200 + d.id * 1.234),
            v.state <> 'unverified' OR d.id > 1, v.produced / 5, v.produced / 5,
            v.produced / 5 - CASE WHEN d.id = 2 THEN v.lost ELSE 0 END
       FROM verdict v CROSS JOIN datacenter d
      WHERE v.hour BETWEEN $1 AND $2 ORDER BY v.hour, v.event_type_id, d.id`,
    [from, last],
  );
}
