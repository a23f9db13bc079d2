import type { HourSpan } from "#domain/hour-span.ts";
import type { Sql } from "#server/db/database.ts";

export interface LatenessItem extends HourSpan {
  /** The previewed change it belongs to. */
  readonly preview: number;
  readonly eventTypeId: number;
  readonly deadlineSeconds: number;
}

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
       FROM unnest($1::int[], $2::int[], $3::timestamptz[], $4::timestamptz[], $5::int[])
              AS i(preview, event_type_id, from_hour, to_hour, deadline_seconds)
       JOIN verdict v ON v.event_type_id = i.event_type_id AND v.hour >= i.from_hour AND v.hour < i.to_hour AND v.revision > 0
      CROSS JOIN LATERAL (SELECT coalesce(v.closed_at, $6) > v.deadline_at AS late) before
      CROSS JOIN LATERAL (
        SELECT coalesce(v.closed_at, $6) > v.hour + interval '1 hour' + make_interval(secs => i.deadline_seconds) AS late) after
      GROUP BY 1`,
    [
      items.map(({ preview }) => preview),
      items.map(({ eventTypeId }) => eventTypeId),
      items.map(({ from }) => new Date(from)),
      items.map(({ to }) => new Date(to)),
      items.map(({ deadlineSeconds }) => deadlineSeconds),
      now,
    ],
  );
  return new Map(rows.map(({ preview, ...counts }) => [preview, counts]));
}
