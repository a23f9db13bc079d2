import { addHours } from "#domain/hour.ts";
import type { Database } from "#server/db/database.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { fillLanes } from "./fill-lanes.ts";

export const typeCount = 500;
export const datacenterCount = 5;

/** Claimed types over the three tiers, 5 claimed datacenters, watermarks that close hours about 40 minutes after their end. */
export async function fillCatalogue(
  database: Database,
  activeFrom: Date,
  now: Date,
  types: number = typeCount,
): Promise<void> {
  const { sql } = database;
  await sql.query(
    `INSERT INTO datacenter (name, discovered_at, claimed_at, active_from, last_seen_at)
     SELECT 'dc-' || i, $1, $1, $1, $2 FROM generate_series(1, $3::int) i`,
    [activeFrom, now, datacenterCount],
  );
  await sql.query(
    `INSERT INTO event_type (name, discovered_at, claimed_at, owner, tier, active_from, hours_through, complete_through)
     SELECT 'Event' || lpad(i::text, greatest(4, length(i::text)), '0'), $1, $1, 'team-' || i % 40, (ARRAY['high','normal','low'])[1 + i % 3], $1,
            date_trunc('hour', $2::timestamptz) + interval '1 hour', date_trunc('hour', $2::timestamptz) - interval '3 hours'
       FROM generate_series(1, $3::int) i`,
    [activeFrom, now, types],
  );
  await sql.query(
    `INSERT INTO watermark (event_type_id, datacenter_id, watermark, observed_at)
     SELECT t.id, d.id, $1::timestamptz - make_interval(mins => 20 + (t.id * 7 + d.id * 13) % 60), $1
       FROM event_type t, datacenter d`,
    [now],
  );
  await sql.query(
    "INSERT INTO ingest_worker (instance, last_ingest_at, messages) VALUES ('bench', $1::timestamptz - interval '3 s', 1)",
    [now],
  );
}

/** Verdicts of the hours from..to, to excluded, in their usual physical order: an hour of all types after the other. */
export async function fillVerdicts(database: Database, from: Date, to: Date, now: Date): Promise<void> {
  for (let hour = from; hour < to; hour = addHours(hour, 24)) {
    const until = addHours(hour, 24) < to ? addHours(hour, 24) : to;
    await ensurePartitions(database, [hour, addHours(until, -1)]);
    await database.sql.query(verdictsStatement, [hour, addHours(until, -1), now]);
    await fillLanes(database, hour, addHours(until, -1));
  }
}

// A type's figures depend on its number. The newest hours are open or closing; nearly all older ones are complete, a
// few lost events, and some types of the high tier are hours late.
const verdictsStatement = `
INSERT INTO verdict (event_type_id, hour, state, revision, settled, amended, closed_at, deadline_at,
                     produced, delivered, lost, duplicated, skewed, known, next_due_at, judged_at)
SELECT t.id, h.hour,
       CASE WHEN h.hour + interval '1 hour' > $3 THEN 'open' WHEN NOT c.closed AND d.deadline_at < $3 THEN 'late'
            WHEN NOT c.closed THEN 'closing' WHEN c.lossy THEN 'incomplete' ELSE 'complete' END,
       CASE WHEN c.closed THEN 3 ELSE 1 END, c.closed, c.lossy,
       CASE WHEN c.closed THEN h.hour + interval '1 hour' + make_interval(mins => c.minutes) END, d.deadline_at,
       5 * 1000 * t.id, 5 * 1000 * t.id - CASE WHEN c.lossy THEN 40 ELSE 0 END, CASE WHEN c.lossy THEN 40 ELSE 0 END, 0,
       7 * t.id, c.closed,
       CASE WHEN h.hour + interval '1 hour' > $3 THEN h.hour + interval '1 hour'
            WHEN NOT c.closed AND d.deadline_at > $3 THEN d.deadline_at END,
       $3
  FROM generate_series($1::timestamptz, $2::timestamptz, interval '1 hour') AS h(hour)
 CROSS JOIN (SELECT t.id, tier.deadline_seconds FROM event_type t JOIN tier ON tier.name = t.tier) t
 CROSS JOIN LATERAL (SELECT 20 + (t.id * 7 + extract(hour FROM h.hour)::int * 11) % 60 AS minutes,
                            h.hour + interval '1 hour' + make_interval(secs => t.deadline_seconds) AS deadline_at,
                            (t.id * 31 + extract(epoch FROM h.hour)::bigint / 3600) % 400 = 0 AS lossy) d
 CROSS JOIN LATERAL (SELECT d.minutes, d.lossy,
                            h.hour + interval '1 hour' + make_interval(mins => d.minutes) <= $3
                              AND NOT (t.id % 60 = 0 AND h.hour > $3::timestamptz - interval '6 hours') AS closed) c
 ORDER BY h.hour, t.id`;

/**
 * The effect of repeated judging: every row of the newest hours was written several times, and lies wherever there was room.
 */
export async function churnVerdicts(database: Database, from: Date, to: Date): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (let hour = from; hour < to; hour = addHours(hour, 1)) {
      await database.sql.query("UPDATE verdict SET judged_at = judged_at + interval '1 ms' WHERE hour = $1", [hour]);
    }
  }
}
