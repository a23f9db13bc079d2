import type { Sql } from "#server/db/database.ts";

/** Longer than any page waits, and than a night. */
const keptHours = 48;
/** Beyond this many types a sample is taken only every five minutes. */
const mostTypes = 2_000;

/** The hours that are summed: those that a lane has not closed, and at least the last two; a dead lane's at most a day. */
const runningHours = { least: 2, most: 24 };

/**
 * A select of the lanes as they are now, one row a lane: event_type_id, datacenter_id, watermark, from_hour and the sums. `$1` is now,
 * `$2` the datacenters' ids; null: all.
 */
export const lanesNow = `
  WITH lane AS (
    SELECT w.event_type_id, w.datacenter_id, w.watermark,
           greatest(date_trunc('hour', $1::timestamptz, 'UTC') - interval '${runningHours.most} hours',
                    least(date_trunc('hour', $1::timestamptz, 'UTC') - interval '${runningHours.least} hours',
                          date_trunc('hour', w.watermark, 'UTC'))) AS from_hour
      FROM watermark w JOIN event_type t ON t.id = w.event_type_id
     WHERE t.claimed_at IS NOT NULL AND ($2::int[] IS NULL OR w.datacenter_id = ANY ($2))
  ), counted AS (
    SELECT l.event_type_id, l.datacenter_id,
           sum(t.events) FILTER (WHERE t.stage = 1) AS produced,
           sum(t.events) FILTER (WHERE t.stage = 2) AS published,
           sum(t.events) FILTER (WHERE t.stage = 3) AS delivered,
           sum(t.events) FILTER (WHERE t.stage = 3 AND t.landed_hour <> t.hour) AS skewed
      FROM lane l
      JOIN lane_total t ON t.event_type_id = l.event_type_id AND t.datacenter_id = l.datacenter_id AND t.hour >= l.from_hour
           -- the widest range again, so that the planner leaves other months' partitions out
           AND t.hour BETWEEN $1::timestamptz - interval '${runningHours.most + 1} hours' AND $1
     GROUP BY 1, 2
  )
  SELECT lane.*, c.produced, c.published, c.delivered, coalesce(c.skewed, 0) AS skewed
    FROM lane LEFT JOIN counted c ON c.event_type_id = lane.event_type_id AND c.datacenter_id = lane.datacenter_id`;

/** Keeps the minute's sample of every datacenter's lanes. Twice in a minute is once. */
export async function recordSamples(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `INSERT INTO lane_sample (at, datacenter_id, heard_at, event_type_ids, watermarks, from_hours, produced, published, delivered, skewed)
     SELECT $1, d.id, d.last_seen_at, array_agg(s.event_type_id), array_agg(s.watermark), array_agg(s.from_hour),
            array_agg(s.produced::bigint), array_agg(s.published::bigint), array_agg(s.delivered::bigint), array_agg(s.skewed::bigint)
       FROM (${lanesNow}) s JOIN datacenter d ON d.id = s.datacenter_id
      WHERE NOT EXISTS (SELECT FROM lane_sample WHERE at > $1::timestamptz - interval '50 seconds' AND at <= $1)
        AND (date_part('minute', $1::timestamptz)::int % 5 = 0
             OR (SELECT count(*) FROM event_type WHERE claimed_at IS NOT NULL) <= $3)
      GROUP BY d.id
     -- a former holder of the lease sampled this instant
     ON CONFLICT DO NOTHING`,
    [now, null, mostTypes],
  );
}

export async function dropOldSamples(sql: Sql, now: Date): Promise<void> {
  await sql.query("DELETE FROM lane_sample WHERE at < $1::timestamptz - make_interval(hours => $2)", [now, keptHours]);
}
