import { bulkRows, type RowOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { dayOf } from "./reporter-hours.ts";

const finals = bulkRows({ datacenterId: "int", reporterId: "int", finalAt: "timestamptz" });
export type FinalRow = RowOf<typeof finals>;

/** Reporters that sent `final`: the latest event time wins. Marks hours of types that expect them, around the new and the replaced time. */
export async function writeFinals(tx: Sql, rows: readonly FinalRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `WITH merged AS (
       INSERT INTO reporter_final AS old (${finals.names})
       SELECT * FROM ${finals.from("f")} ORDER BY 1, 2
       ON CONFLICT (datacenter_id, reporter_id) DO UPDATE SET final_at = excluded.final_at, replaced_at = old.final_at
         WHERE excluded.final_at > old.final_at
       RETURNING datacenter_id, reporter_id, final_at, replaced_at
     ), moved AS (
       SELECT m.datacenter_id, m.reporter_id, date_trunc('hour', at, 'UTC') AS hour
         FROM merged m, unnest(ARRAY[m.final_at, m.replaced_at]) at WHERE at IS NOT NULL
     )
     INSERT INTO dirty_hour (event_type_id, hour)
     SELECT DISTINCT t.id, h
       FROM moved m
       JOIN event_type t ON t.expect_reporters
        -- who is not remembered around it is expected in none of these hours
        AND EXISTS (SELECT FROM reporter_hours o
                     WHERE o.event_type_id = t.id AND o.datacenter_id = m.datacenter_id AND o.reporter_id = m.reporter_id
                       AND o.day BETWEEN ${dayOf("m.hour")} - 1 AND ${dayOf("m.hour")} + 1),
            generate_series(m.hour, least(m.hour + interval '25 hours', t.hours_through + interval '1 hour'), interval '1 hour') h`,
    finals.values(rows),
  );
}
