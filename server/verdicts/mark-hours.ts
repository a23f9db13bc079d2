import type { Sql } from "#server/db/database.ts";
import { boundedColumnsOf, type TypeHours, typeHours } from "./create-hours.ts";

/** Marks these hours to be judged again. The caller holds the types' row locks. */
export async function markHours(tx: Sql, spans: readonly TypeHours[]): Promise<void> {
  if (spans.length === 0) return;
  await tx.query(
    `UPDATE verdict v SET next_due_at = '-infinity'
       FROM ${typeHours.from("s")}
      WHERE v.event_type_id = s.event_type_id AND v.hour >= s.from AND v.hour < s.to
        -- lets the planner leave other months' partitions out
        AND v.hour >= $4 AND v.hour < $5`,
    boundedColumnsOf(spans),
  );
}
