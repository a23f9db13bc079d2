import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

const totals = bulkRows({
  eventTypeId: "int",
  hour: "timestamptz",
  datacenterId: "int",
  stage: "smallint",
  landedHour: "timestamptz",
  events: "numeric",
});

/** How a write of reports changes totals, one entry per total: array literals, returned to the database unparsed. */
export interface Growth {
  eventTypeIds: string;
  hours: string;
  datacenterIds: string;
  stages: string;
  landedHours: string;
  events: string;
}

/** A select list that makes a Growth of rows (event_type_id, hour, datacenter_id, stage, landed_hour, events). */
export const growthColumns = `
       array_agg(event_type_id)::text AS "eventTypeIds", array_agg(hour)::text AS hours,
       array_agg(datacenter_id)::text AS "datacenterIds", array_agg(stage)::text AS stages,
       array_agg(landed_hour)::text AS "landedHours", array_agg(events)::text AS events`;

/**
 * Adds to the totals that verdicts are computed from. Sums of differences commute, so writers may come in any order; each
 * holds a total's row lock until it commits, so call this last in the transaction.
 */
export async function writeTotals(tx: Sql, growth: Growth | null): Promise<void> {
  if (growth === null) return;
  await tx.query(
    `INSERT INTO lane_total AS old (${totals.names})
     SELECT * FROM ${totals.from("t")}
     -- every writer locks rows in key order
     ORDER BY 1, 2, 3, 4, 5
     ON CONFLICT (event_type_id, hour, datacenter_id, stage, landed_hour) DO UPDATE SET events = old.events + excluded.events
       WHERE excluded.events <> 0`,
    [growth.eventTypeIds, growth.hours, growth.datacenterIds, growth.stages, growth.landedHours, growth.events],
  );
}
