import { addHours } from "#domain/hour.ts";
import type { Context } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import { packHours } from "#server/verdicts/pack-hours.ts";
import { formatTable } from "./machine.ts";
import { datacenterCount, typeCount } from "./read-history.ts";

/** One row each per (type, hour), or per (type, hour, datacenter). */
const hoursADay = 24 * typeCount;
const siteHoursADay = hoursADay * datacenterCount;
const revisionsAnHour = 4;

/**
 * The projected size of a table with its indexes: verdicts as they are, everything else from one day written here, packed by
 * the product's own packing, and multiplied. `day` is at least two days old and has verdicts.
 */
export async function measureSizes(ctx: Context, day: Date, days: number): Promise<string> {
  const { sql } = ctx.database;
  const rows: (string | number)[][] = [];
  const add = (name: string, rowsADay: number, bytesADay: number) =>
    rows.push([name, rowsADay * days, Math.round(bytesADay / rowsADay), gib(bytesADay * days)]);

  add("verdict", hoursADay, (await sizeOf(sql, "verdict")) / days);
  add("verdict_lane", siteHoursADay, (await sizeOf(sql, "verdict_lane")) / days);
  const before = await Promise.all(
    ["verdict_revision", "report", "closing_step", "lane_total"].map((table) => sizeOf(sql, table)),
  );
  const written = [
    await fillDay(sql, "verdict_revision", revisionsStatement, day),
    await fillDay(sql, "report", reportsStatement, day),
    await fillDay(sql, "closing_step", closingsStatement, day),
    await fillDay(sql, "lane_total", totalsStatement, day),
  ];
  add(
    `verdict_revision (${revisionsAnHour} an hour)`,
    hoursADay * revisionsAnHour,
    (written[0] ?? 0) - (before[0] ?? 0),
  );
  add("closing_step", siteHoursADay, (written[2] ?? 0) - (before[2] ?? 0));
  add("report (3 stages × 1 reporter), never packed", siteHoursADay * 3, (written[1] ?? 0) - (before[1] ?? 0));

  add("lane_total (3 stages)", siteHoursADay * 3, (written[3] ?? 0) - (before[3] ?? 0));

  const packedBefore = await sizeOf(sql, "report_packed");
  const settledBefore = addHours(ctx.clock.now(), 1);
  const packed = await packHours({ ctx, input: { from: day, to: addHours(day, 24), settledBefore } });
  add("report_packed, the same", packed * datacenterCount, (await sizeOf(sql, "report_packed")) - packedBefore);
  return formatTable(["table", `rows in ${days} days`, "bytes a row with indexes", `GiB in ${days} days`], rows);
}

async function fillDay(sql: Sql, table: string, statement: string, day: Date): Promise<number> {
  await sql.query(statement, [day]);
  return sizeOf(sql, table);
}

async function sizeOf(sql: Sql, table: string): Promise<number> {
  const { rows } = await sql.query<{ bytes: number }>(
    `SELECT coalesce((SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree($1::regclass)),
                     pg_total_relation_size($1::regclass))::float8 AS bytes`,
    [table],
  );
  return rows[0]?.bytes ?? 0;
}

function gib(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(2);
}

const hours = "generate_series($1::timestamptz, $1::timestamptz + interval '23 hours', interval '1 hour') h";

const revisionsStatement = `
INSERT INTO verdict_revision (event_type_id, hour, revision, known_at, state, amended, closed_at, deadline_at, produced,
                              delivered, lost, duplicated, skewed, known, lanes)
SELECT v.event_type_id, v.hour, r, v.hour + r * interval '20 minutes', v.state, v.amended, v.closed_at, v.deadline_at,
       v.produced, v.delivered, v.lost, v.duplicated, v.skewed, v.known,
       (SELECT jsonb_agg(jsonb_build_object('name', l.datacenter, 'closedAt', l.closed_at, 'watermark', l.watermark, 'known', l.known,
                                            'produced', l.produced, 'published', l.published, 'delivered', l.delivered))
          FROM lane_figures l WHERE l.event_type_id = v.event_type_id AND l.hour = v.hour)
  FROM verdict v, generate_series(1, ${revisionsAnHour}) r
 WHERE v.hour >= $1 AND v.hour < $1::timestamptz + interval '24 hours' ORDER BY v.hour, r, v.event_type_id`;

const reportsStatement = `
INSERT INTO report (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, epoch, events, bytes)
SELECT t.id, h, d.id, s, s * 10 + d.id, h, 0, 1000 * t.id, 400000 * t.id
  FROM ${hours}, event_type t, datacenter d, generate_series(1, 3) s ORDER BY h, d.id, s, t.id`;

const totalsStatement = `
INSERT INTO lane_total (event_type_id, hour, datacenter_id, stage, landed_hour, events)
SELECT event_type_id, hour, datacenter_id, stage, landed_hour, sum(events)
  FROM report WHERE hour >= $1 AND hour < $1::timestamptz + interval '24 hours' GROUP BY hour, 1, 3, 4, 5`;

const closingsStatement = `
INSERT INTO closing_step (event_type_id, datacenter_id, closed_through, closed_at)
SELECT t.id, d.id, h + interval '1 hour', h + interval '100 minutes'
  FROM ${hours}, event_type t, datacenter d ORDER BY h, t.id, d.id`;
