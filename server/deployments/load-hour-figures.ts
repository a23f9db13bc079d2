import type { HourFigure } from "#domain/deployment-effect.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";

export interface Comparison {
  id: string;
  /** null: everywhere. */
  datacenter: string | null;
  deployedAt: Date;
  /** What is compared ends here: the day is over, it was replaced, or it is now. */
  untilAt: Date;
}

export interface Figures {
  closingDelay: HourFigure[];
  lostShare: HourFigure[];
}

interface Row {
  id: string;
  offset: number;
  delaySeconds: number;
  lostShare: number | null;
}

/**
 * By deployment, of each whole hour that began within the day before it or after it and ended by `untilAt`: the median over types of
 * the closing delay at its datacenter (an hour that is not closed counts with what it has waited), and the share lost there. Only types with
 * a verdict on both sides count, so that a type which is born between them changes nothing.
 */
export async function loadHourFigures(
  sql: Sql,
  comparisons: readonly Comparison[],
  now: Date,
): Promise<Map<string, Figures>> {
  if (comparisons.length === 0) return new Map();
  const starts = comparisons.map(({ deployedAt }) => addHours(hourOf(deployedAt), 1));
  const { rows } = await sql.query<Row>(
    `WITH compared AS (
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[]) AS c(id, dc, start_at, until_at)
     ), lane AS (
       SELECT c.id, c.start_at, v.event_type_id, v.hour,
              extract(epoch FROM coalesce(to_timestamp((e.lane ->> 1)::float8 / 1000), $5) - v.hour - interval '1 hour')::float8 AS delay,
              CASE WHEN (e.lane ->> 3)::int = 1 THEN coalesce((e.lane ->> 4)::numeric, 0) END AS produced,
              (e.lane ->> 6)::numeric AS delivered, e.lane ->> 1 IS NOT NULL AS closed
         FROM compared c
         -- the hour that it fell into belongs to neither side
         JOIN verdict v ON v.hour >= c.start_at - interval '24 hours' AND v.hour < c.start_at + interval '24 hours'
                       AND v.hour BETWEEN $6 AND $7
                       AND v.hour <> c.start_at - interval '1 hour' AND v.hour + interval '1 hour' <= c.until_at
                       AND v.revision > 0
         CROSS JOIN LATERAL jsonb_array_elements(v.evidence) AS e(lane)
        WHERE c.dc IS NULL OR e.lane ->> 0 = c.dc
     ), both_sides AS (
       SELECT id, event_type_id FROM lane GROUP BY 1, 2 HAVING bool_or(hour < start_at) AND bool_or(hour >= start_at)
     )
     SELECT l.id::text,
            (date_part('epoch', l.hour - l.start_at) / 3600)::int AS "offset",
            percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(l.delay, 0)) AS "delaySeconds",
            -- before it has closed, what is missing is late and not lost
            (sum(greatest(l.produced - l.delivered, 0)) FILTER (WHERE l.closed)
             / nullif(sum(l.produced) FILTER (WHERE l.closed), 0))::float8 AS "lostShare"
       FROM lane l JOIN both_sides USING (id, event_type_id)
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [
      comparisons.map(({ id }) => id),
      comparisons.map(({ datacenter }) => datacenter),
      starts,
      comparisons.map(({ untilAt }) => untilAt),
      now,
      addHours(new Date(Math.min(...starts.map(Number))), -24),
      addHours(new Date(Math.max(...starts.map(Number))), 24),
    ],
  );
  return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, hours]) => [id, toFigures(hours)]));
}

function toFigures(hours: readonly Row[]): Figures {
  return {
    closingDelay: hours.map(({ offset, delaySeconds }) => ({ offset, value: delaySeconds })),
    lostShare: hours.flatMap(({ offset, lostShare }) => (lostShare === null ? [] : [{ offset, value: lostShare }])),
  };
}
