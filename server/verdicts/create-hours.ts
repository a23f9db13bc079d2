import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "./load-facts.ts";

export interface TypeHours {
  readonly eventTypeId: number;
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
}

/**
 * Creates verdict rows that ask to be judged. Existing rows keep their history. Returns the new hours. The caller
 * holds the types' row locks.
 */
export async function createHours(tx: Sql, spans: readonly TypeHours[]): Promise<HourKey[]> {
  if (spans.length === 0) return [];
  const { rows } = await tx.query<HourKey>(
    `INSERT INTO verdict (event_type_id, hour, state, deadline_at, next_due_at)
     SELECT t.id, h, 'open', h + interval '1 hour' + make_interval(secs => coalesce(t.deadline_seconds, tier.deadline_seconds)),
            '-infinity'
       FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[]) AS s(event_type_id, from_hour, to_hour)
       JOIN event_type t ON t.id = s.event_type_id
       JOIN tier ON tier.name = t.tier
      CROSS JOIN LATERAL generate_series(s.from_hour, s.to_hour - interval '1 hour', interval '1 hour') h
     ON CONFLICT (event_type_id, hour) DO NOTHING
     RETURNING event_type_id AS "eventTypeId", hour`,
    columnsOf(spans),
  );
  return rows;
}

/** $1 to $3 of a statement about these spans, and in $4 and $5 the hours around all of them: by these the planner prunes partitions. */
export function boundedColumnsOf(spans: readonly TypeHours[]): unknown[] {
  const first = new Date(Math.min(...spans.map(({ from }) => from.getTime())));
  const end = new Date(Math.max(...spans.map(({ to }) => to.getTime())));
  return [...columnsOf(spans), first, end];
}

function columnsOf(spans: readonly TypeHours[]): unknown[] {
  return [spans.map(({ eventTypeId }) => eventTypeId), spans.map(({ from }) => from), spans.map(({ to }) => to)];
}
