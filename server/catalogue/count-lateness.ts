import type { HourSpan } from "#domain/hour-span.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

export interface LatenessItem extends HourSpan {
  /** The previewed change it belongs to. */
  readonly preview: number;
  readonly eventTypeId: number;
  readonly deadlineSeconds: number;
}

const previewed = bulkRows({
  preview: "int",
  eventTypeId: "int",
  from: "timestamptz",
  to: "timestamptz",
  deadlineSeconds: "int",
});

/** From stored verdicts, by preview: hours that a new deadline makes late, and late hours that it makes punctual. */
export async function countLateness(
  sql: Sql,
  items: readonly LatenessItem[],
  now: Date,
): Promise<Map<number, { late: number; onTime: number }>> {
  if (items.length === 0) return new Map();
  const { rows } = await sql.query<{ preview: number; late: number; onTime: number }>(
    `SELECT i.preview, count(*) FILTER (WHERE after.late AND NOT before.late)::int AS late,
            count(*) FILTER (WHERE before.late AND NOT after.late)::int AS "onTime"
       FROM ${previewed.from("i", 2)}
       JOIN verdict v ON v.event_type_id = i.event_type_id AND v.hour >= i.from AND v.hour < i.to AND v.revision > 0
      CROSS JOIN LATERAL (SELECT coalesce(v.closed_at, $1) > v.deadline_at AS late) before
      CROSS JOIN LATERAL (
        SELECT coalesce(v.closed_at, $1) > v.hour + interval '1 hour' + make_interval(secs => i.deadline_seconds) AS late) after
      GROUP BY 1`,
    [now, ...previewed.values(items.map((item) => ({ ...item, from: new Date(item.from), to: new Date(item.to) })))],
  );
  return new Map(rows.map(({ preview, ...counts }) => [preview, counts]));
}
