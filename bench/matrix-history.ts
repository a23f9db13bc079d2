import { addHours } from "#domain/hour.ts";
import type { Database } from "#server/db/database.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { fillLanes } from "./fill-lanes.ts";

/**
 * Verdicts of the hours from..to, to excluded, with a real fleet's noise, so that they compress no better: each type closes
 * at its own pace (8 to 50 min), slower in the evening, ± 15 %; some skew everywhere, some events lost or doubled within
 * tolerance in one hour of 50, two days with an incident, single hours amended.
 */
export async function fillLivelyVerdicts(database: Database, from: Date, to: Date, now: Date): Promise<void> {
  for (let hour = from; hour < to; hour = addHours(hour, 24)) {
    const until = addHours(hour, 24) < to ? addHours(hour, 24) : to;
    await ensurePartitions(database, [hour, addHours(until, -1)]);
    await database.sql.query(livelyStatement, [hour, addHours(until, -1), now, from]);
    await fillLanes(database, hour, addHours(until, -1));
  }
}

// For this cell alone, roughly normal with standard deviation 1: four uniform numbers out of one hash.
const noise = (salt: number) =>
  `(SELECT ((k & 65535) + (k >> 16 & 65535) + (k >> 32 & 65535) + (k >> 48 & 65535)) / 65535.0 / 0.5774 - 3.464
      FROM hashint8extended(t.id * 1000003::bigint + extract(epoch FROM h.hour)::bigint, ${salt}) k)`;

const livelyStatement = `
INSERT INTO verdict (event_type_id, hour, state, revision, settled, amended, closed_at, deadline_at,
                     produced, delivered, lost, duplicated, skewed, known, next_due_at, judged_at)
SELECT t.id, h.hour, f.state, CASE WHEN c.closed THEN 3 ELSE 1 END, c.closed, f.state = 'incomplete' OR c.odd % 97 = 0,
       CASE WHEN c.closed THEN h.hour + interval '1 hour' + make_interval(secs => c.seconds) END, d.deadline_at,
       c.produced, c.produced - c.lost + c.duplicated, c.lost, c.duplicated,
       (c.produced * 0.0004 * exp(0.5 * (t.id % 5) + 0.2 * c.skew_noise))::bigint, f.state <> 'unverified',
       NULL, $3
  FROM generate_series($1::timestamptz, $2::timestamptz, interval '1 hour') AS h(hour)
 CROSS JOIN (SELECT t.id, tier.deadline_seconds FROM event_type t JOIN tier ON tier.name = t.tier) t
 CROSS JOIN LATERAL (
   SELECT h.hour + interval '1 hour' + make_interval(secs => t.deadline_seconds) AS deadline_at,
          (extract(epoch FROM h.hour - $4) / 3600)::int AS at) d
 CROSS JOIN LATERAL (
   SELECT ${noise(1)} AS delay_noise, ${noise(2)} AS skew_noise,
          abs(hashint8(t.id * 7919::bigint + extract(epoch FROM h.hour)::bigint)) AS odd) n
 CROSS JOIN LATERAL (
   SELECT n.odd, n.skew_noise, 60.0 * exp(ln(8 + 42 * (t.id * 37 % 100) / 100.0) + 0.15 * n.delay_noise)
            * (1 + 0.3 * sin(extract(hour FROM h.hour) / 24.0 * 6.283)) * CASE WHEN d.at % 360 BETWEEN 100 AND 106 THEN 6 ELSE 1 END AS seconds,
          (200000 * (1 + t.id % 37) * exp(0.1 * n.skew_noise))::bigint AS produced,
          d.at % 360 BETWEEN 250 AND 254 AND t.id % 4 = 0 AS lossy) e
 CROSS JOIN LATERAL (
   SELECT e.*, h.hour + interval '1 hour' + make_interval(secs => e.seconds) <= $3
            AND NOT (t.id % 60 = 0 AND h.hour > $3::timestamptz - interval '6 hours') AS closed,
          CASE WHEN e.lossy THEN e.produced / 50 WHEN n.odd % 50 = 0 THEN (e.produced * 0.00001 * (1 + n.odd % 7))::bigint ELSE 0 END AS lost,
          CASE WHEN n.odd % 50 = 1 THEN (e.produced * 0.00001 * (1 + n.odd % 7))::bigint WHEN n.odd % 3001 = 2 THEN e.produced / 90
               ELSE 0 END AS duplicated) c
 CROSS JOIN LATERAL (
   SELECT CASE WHEN h.hour + interval '1 hour' > $3 THEN 'open' WHEN NOT c.closed AND d.deadline_at < $3 THEN 'late'
               WHEN NOT c.closed THEN 'closing' WHEN c.odd % 2003 = 5 THEN 'unverified' WHEN c.lost * 10000 > c.produced THEN 'incomplete'
               WHEN c.duplicated * 10000 > c.produced THEN 'overcounted' ELSE 'complete' END AS state) f
 ORDER BY h.hour, t.id`;
