import type { HourFigure } from "#domain/deployment-effect.ts";
import { addHours, type Hour, hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";

export interface Comparison {
  id: string;
  /** null: everywhere. */
  datacenter: string | null;
  deployedAt: Date;
  /** End of the comparison: the day is over, it was replaced, or now. */
  untilAt: Date;
}

export interface Figures {
  closingDelay: HourFigure[];
  lostShare: HourFigure[];
}

const hourMs = 3_600_000;
const dayHours = 24;
/** A sample spread evenly over the types shows what is typical; a thousand types give the same answer five times as slowly. */
const mostTypes = 200;
/** `datacenter` of figures for all datacenters together. */
const everywhere = "";

interface HourRow {
  /** "": all datacenters. */
  dc: string;
  hour: Date;
  delaySeconds: number;
  lostShare: number | null;
}

/**
 * For each deployment and each whole hour that began within a day before or after it and ended by `untilAt`: the median over
 * types of the closing delay at its datacenter (an unclosed hour counts with its wait so far), and the share lost there. The
 * hour of the deployment belongs to neither side.
 */
export async function loadHourFigures(
  sql: Sql,
  comparisons: readonly Comparison[],
  now: Date,
): Promise<Map<string, Figures>> {
  if (comparisons.length === 0) return new Map();
  const starts = comparisons.map(firstHourAfter);
  const from = addHours(new Date(Math.min(...starts.map(Number))), -dayHours);
  const to = addHours(new Date(Math.max(...starts.map(Number))), dayHours);
  const byDatacenter = Map.groupBy(await loadHours(sql, from, to, now), ({ dc }) => dc);
  return new Map(
    comparisons.map((comparison) => [
      comparison.id,
      figuresOf(comparison, byDatacenter.get(comparison.datacenter ?? everywhere) ?? []),
    ]),
  );
}

function firstHourAfter({ deployedAt }: Comparison): Hour {
  return addHours(hourOf(deployedAt), 1);
}

function figuresOf(comparison: Comparison, hours: readonly HourRow[]): Figures {
  const start = firstHourAfter(comparison).getTime();
  const near = hours.flatMap(({ hour, ...row }) => {
    const offset = (hour.getTime() - start) / hourMs;
    const isNear = offset >= -dayHours && offset < dayHours && offset !== -1;
    return isNear && addHours(hour, 1) <= comparison.untilAt ? [{ ...row, offset }] : [];
  });
  return {
    closingDelay: near.map(({ offset, delaySeconds }) => ({ offset, value: delaySeconds })),
    lostShare: near.flatMap(({ offset, lostShare }) => (lostShare === null ? [] : [{ offset, value: lostShare }])),
  };
}

/** Only types that existed throughout, so that a new type changes nothing. */
async function loadHours(sql: Sql, from: Hour, to: Hour, now: Date): Promise<HourRow[]> {
  return sql.rows<HourRow>(
    `WITH type AS (
       SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS types
                         FROM event_type
                        WHERE claimed_at IS NOT NULL AND active_from <= $1 AND (active_to IS NULL OR active_to >= $2)) t
        WHERE place % ceil(types::numeric / $4) = 0 OR types <= $4
     ), lane AS (
       SELECT l.hour, l.datacenter AS dc, extract(epoch FROM coalesce(l.closed_at, $3) - l.hour)::float8 - 3600 AS delay,
              -- before it has closed, what is missing is late and not lost
              CASE WHEN l.closed_at IS NOT NULL THEN l.produced::float8 END AS produced,
              CASE WHEN l.closed_at IS NOT NULL THEN l.lost::float8 END AS lost
         FROM type JOIN lane_figures l ON l.event_type_id = type.id AND l.hour >= $1 AND l.hour < $2
        WHERE l.hour + interval '1 hour' <= $3
     )
     SELECT coalesce(dc, '') AS dc, hour, percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(delay, 0)) AS "delaySeconds",
            sum(lost) / nullif(sum(produced), 0) AS "lostShare"
       FROM lane GROUP BY GROUPING SETS ((hour, dc), (hour)) ORDER BY hour`,
    [from, to, now, mostTypes],
  );
}
