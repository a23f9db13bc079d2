import { addHours } from "#domain/hour.ts";
import type { Database } from "#server/db/database.ts";
import { ensurePartitions } from "#server/db/partitions.ts";

/**
 * A quiet past consistent with its facts: no event of any type, every datacenter closed each day half an hour after its end. So a
 * change of terms costs what it always does (verdicts are read, judged and written), yet no verdict changes.
 */
export async function fillQuietPast(database: Database, from: Date, to: Date): Promise<void> {
  for (let day = from; day < to; day = addHours(day, 24)) {
    const until = addHours(day, 24) < to ? addHours(day, 24) : to;
    await ensurePartitions(database, [day, addHours(until, -1)]);
    for (const statement of [verdicts, produced]) await database.sql.query(statement, [day, addHours(until, -1)]);
    await database.sql.query(closings, [until]);
  }
}

const verdicts = `
INSERT INTO verdict (event_type_id, hour, state, revision, settled, closed_at, deadline_at, known, judged_at)
SELECT t.id, h, 'complete', 3, true, closed.at, h + interval '1 hour' + make_interval(secs => tier.deadline_seconds), true, closed.at
  FROM generate_series($1::timestamptz, $2::timestamptz, interval '1 hour') h
 CROSS JOIN (SELECT $2::timestamptz + interval '90 minutes' AS at) closed
 CROSS JOIN event_type t JOIN tier ON tier.name = t.tier
 ORDER BY h, t.id`;

const produced = `
INSERT INTO produced_hour (hour, datacenter_id)
SELECT h, d.id FROM generate_series($1::timestamptz, $2::timestamptz, interval '1 hour') h, datacenter d`;

const closings = `
INSERT INTO closing_step (event_type_id, datacenter_id, closed_through, closed_at)
SELECT t.id, d.id, $1, $1::timestamptz + interval '30 minutes' FROM event_type t, datacenter d ORDER BY 1, 2`;
