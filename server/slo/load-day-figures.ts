import type { Period, SloCounts } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import { selectCountSums } from "./count-columns.ts";
import { monthTerms } from "./month-terms.ts";
import type { SloFilter } from "./slo-input.ts";

/** A day of the types of one tier and owner, which are those of the frozen month where it is frozen. */
export interface DayFigures extends SloCounts {
  day: Date;
  tier: string;
  owner: string;
  /** Late hours of types that promise to be on time: what spends the budget. */
  spentHours: number;
}

export async function loadDayFigures(sql: Sql, { from, to }: Period, filter: SloFilter): Promise<DayFigures[]> {
  const { rows } = await sql.query<DayFigures>(
    `SELECT d.day, terms.tier, terms.owner, ${selectCountSums("d")},
            coalesce(sum(d.due_hours - d.met_hours) FILTER (WHERE terms.timeliness IS NOT NULL), 0)::float8 AS "spentHours"
       FROM slo_day d
       JOIN event_type t ON t.id = d.event_type_id AND t.claimed_at IS NOT NULL
       JOIN tier ON tier.name = t.tier
       LEFT JOIN slo_month m ON m.event_type_id = d.event_type_id AND m.month = date_trunc('month', d.day, 'UTC')
      CROSS JOIN LATERAL ${monthTerms}
      WHERE d.day >= $1 AND d.day < $2 AND ($3::text IS NULL OR terms.tier = $3) AND ($4::text IS NULL OR terms.owner = $4)
        AND ($5::text IS NULL OR t.name = $5)
      GROUP BY 1, 2, 3 ORDER BY 1`,
    [from, to, filter.tier ?? null, filter.owner ?? null, filter.eventType ?? null],
  );
  return rows;
}
