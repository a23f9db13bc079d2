import { addDays, addMonths } from "#domain/slo.ts";
import type { Database } from "#server/db/database.ts";
import { countColumnList, countColumns } from "#server/slo/count-columns.ts";

/** Objectives, and the rolled-up days and months of every type from..to, to excluded; months before the last are frozen. */
export async function fillSloHistory({ sql }: Database, from: Date, to: Date): Promise<void> {
  await sql.query("UPDATE tier SET objective = 0.995, objective_completeness = 0.999, objective_skew = 0.999");
  for (let month = from; month < to; month = addMonths(month, 1)) {
    const end = addMonths(month, 1) < to ? addMonths(month, 1) : to;
    await sql.query(daysStatement, [month, addDays(end, -1)]);
    await sql.query(causesStatement, [month, addDays(end, -1)]);
    await sql.query(monthsStatement, [month, addDays(end, -1)]);
    if (end < to) await sql.query(freezeStatement, [month, addDays(end, 2)]);
  }
}

// A type's figures depend on its number: one in forty has a late hour on a day, one in four hundred an incomplete one.
const daysStatement = `
INSERT INTO slo_day (event_type_id, day, ${countColumnList})
SELECT t.id, day, 0, 24, 24 - late.hours, 24e6 * t.id, (24 - late.hours) * 1e6 * t.id, 24, 24 - lossy.hours, 0,
       24e6 * t.id, lossy.hours * 40, 0, 24, 24, 24e6 * t.id, 7 * t.id
  FROM generate_series($1::timestamptz, $2::timestamptz, interval '24 hours') day, event_type t
 CROSS JOIN LATERAL (SELECT ((t.id * 31 + extract(epoch FROM day)::bigint / 86400) % 40 = 0)::int AS hours) late
 CROSS JOIN LATERAL (SELECT ((t.id * 17 + extract(epoch FROM day)::bigint / 86400) % 400 = 0)::int AS hours) lossy
 ORDER BY day, t.id`;

const causesStatement = `
INSERT INTO slo_cause (event_type_id, day, measure, datacenter, stage, deployment, hours, events)
SELECT event_type_id, day, 'timeliness', 'dc-' || 1 + event_type_id % 5, '', 'exporter 4.' || event_type_id % 3, 24 - met_hours, 0
  FROM slo_day WHERE day BETWEEN $1 AND $2 AND met_hours < 24`;

const monthsStatement = `
INSERT INTO slo_month (event_type_id, month, ${countColumnList})
SELECT event_type_id, $1, ${countColumns.map((column) => `sum(${column})`).join(", ")}
  FROM slo_day WHERE day BETWEEN $1 AND $2 GROUP BY 1`;

const freezeStatement = `
UPDATE slo_month m
   SET frozen_at = $2, frozen_counts = '{}', frozen_tier = t.tier, frozen_owner = t.owner, frozen_timeliness = tier.objective,
       frozen_completeness = tier.objective_completeness, frozen_skew = tier.objective_skew, frozen_tier_timeliness = tier.objective,
       frozen_tier_completeness = tier.objective_completeness, frozen_tier_skew = tier.objective_skew
  FROM event_type t JOIN tier ON tier.name = t.tier WHERE m.month = $1 AND t.id = m.event_type_id`;
