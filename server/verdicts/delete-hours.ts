import type { Sql } from "#server/db/database.ts";
import { boundedColumnsOf, type TypeHours, typeHours } from "./create-hours.ts";

/** What is stored per hour of a type, with its history. Facts stay: they belong to the hour, whoever reads it. */
const tables = ["verdict", "verdict_lane", "verdict_revision"];

/** Deletes the verdicts of hours their type no longer has. The caller holds the types' row locks. */
export async function deleteHours(tx: Sql, spans: readonly TypeHours[]): Promise<void> {
  if (spans.length === 0) return;
  for (const table of tables) {
    await tx.query(
      `DELETE FROM ${table} v
        USING ${typeHours.from("s")}
        WHERE v.event_type_id = s.event_type_id AND v.hour >= s.from AND v.hour < s.to
          -- lets the planner leave other months' partitions out
          AND v.hour >= $4 AND v.hour < $5`,
      boundedColumnsOf(spans),
    );
  }
}
