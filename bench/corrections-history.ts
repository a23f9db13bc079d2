import { addHours } from "#domain/hour.ts";
import type { Database } from "#server/db/database.ts";
import { ensurePartitions } from "#server/db/partitions.ts";

interface Lane {
  eventType: string;
  from: Date;
  to: Date;
  reporters: number;
}

/** A type's hours that every datacenter closed half an hour after their ends, complete, with a count of each reporter at `dc-1` in each. */
export async function fillLane(database: Database, { eventType, from, to, reporters }: Lane): Promise<void> {
  const { sql } = database;
  await sql.query("INSERT INTO reporter (name) SELECT 'reporter-' || i FROM generate_series(1, $1::int) i", [
    reporters,
  ]);
  for (let month = from; month < to; month = addHours(month, 24 * 28)) {
    const last = addHours(new Date(Math.min(to.getTime(), addHours(month, 24 * 28).getTime())), -1);
    await ensurePartitions(database, [month, last]);
    for (const [index, statement] of statements.entries())
      await sql.query(statement, [eventType, month, last, ...(index < 2 ? [reporters] : [])]);
  }
}

const ofLane = `
  FROM generate_series($2::timestamptz, $3::timestamptz, interval '1 hour') h
 CROSS JOIN (SELECT id FROM event_type WHERE name = $1) t`;
const statements = [
  `INSERT INTO report (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, epoch, events)
   SELECT t.id, h, d.id, stage, r.id, h, 0, 1000
     ${ofLane} CROSS JOIN datacenter d CROSS JOIN generate_series(1, 3, 2) stage
     JOIN reporter r ON d.name = 'dc-1' AND stage = 1 AND r.id <= $4 OR r.id = 1`,
  `INSERT INTO lane_total (event_type_id, hour, datacenter_id, stage, landed_hour, events)
   SELECT t.id, h, d.id, stage, h, 1000 * CASE WHEN d.name = 'dc-1' AND stage = 1 THEN $4 ELSE 1 END
     ${ofLane} CROSS JOIN datacenter d CROSS JOIN generate_series(1, 3, 2) stage`,
  // Another type's, so that the datacenter is not silent without these.
  `INSERT INTO lane_total (event_type_id, hour, datacenter_id, stage, landed_hour, events)
   SELECT t.id + 1, h, d.id, 1, h, 1000 ${ofLane} CROSS JOIN datacenter d`,
  `INSERT INTO produced_hour (hour, datacenter_id)
   SELECT h, d.id ${ofLane} CROSS JOIN datacenter d`,
  `INSERT INTO closing_mark (event_type_id, datacenter_id, closed_through, closed_at)
   SELECT t.id, d.id, h + interval '1 hour', h + interval '90 minutes' ${ofLane} CROSS JOIN datacenter d`,
  `INSERT INTO closing_step (event_type_id, datacenter_id, closed_through, closed_at)
   SELECT t.id, d.id, h + interval '1 hour', h + interval '90 minutes' ${ofLane} CROSS JOIN datacenter d`,
  `INSERT INTO verdict (event_type_id, hour, state, deadline_at, next_due_at)
   SELECT t.id, h, 'open', h + interval '3 hours', '-infinity' ${ofLane}`,
];
