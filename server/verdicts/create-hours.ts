import { bulkRows, type RowOf, spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "./load-facts.ts";

/** `to` is excluded. */
export const typeHours = bulkRows({ eventTypeId: "int", from: "timestamptz", to: "timestamptz" });
export type TypeHours = RowOf<typeof typeHours>;

/**
 * Creates verdict rows that ask to be judged. Existing rows keep their history. Returns the new hours. The caller
 * holds the types' row locks.
 */
export async function createHours(tx: Sql, spans: readonly TypeHours[]): Promise<HourKey[]> {
  if (spans.length === 0) return [];
  return tx.rows<HourKey>(
    `INSERT INTO verdict (event_type_id, hour, state, deadline_at, next_due_at)
     SELECT t.id, h, 'open', h + interval '1 hour' + make_interval(secs => coalesce(t.deadline_seconds, tier.deadline_seconds)),
            '-infinity'
       FROM ${typeHours.from("s")}
       JOIN event_type t ON t.id = s.event_type_id
       JOIN tier ON tier.name = t.tier
      CROSS JOIN LATERAL generate_series(s.from, s.to - interval '1 hour', interval '1 hour') h
     ON CONFLICT (event_type_id, hour) DO NOTHING
     RETURNING event_type_id AS "eventTypeId", hour`,
    typeHours.values(spans),
  );
}

/** $1 to $3 of a statement about these spans, and in $4 and $5 the hours around all of them: by these the planner prunes partitions. */
export function boundedColumnsOf(spans: readonly TypeHours[]): unknown[] {
  return [...typeHours.values(spans), ...spanOf(spans.flatMap(({ from, to }) => [from, to]))];
}
