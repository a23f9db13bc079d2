import type { Period } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import { monthTerms } from "./month-terms.ts";
import type { SloFilter } from "./slo-input.ts";

/** A day of one tier's and owner's types with one timeliness objective; in a frozen month, the ones it was frozen with. */
export interface DayFigures {
  day: Date;
  tier: string;
  owner: string;
  dueHours: number;
  metHours: number;
  /** What they are held to in a group: the tier's, or their own where it has none. */
  objective: number | null;
  excusedHours: number;
  /** Known, and not complete. */
  incompleteHours: number;
  unverifiedHours: number;
  lostEvents: number;
  skewedEvents: number;
}

type Counted = Exclude<keyof DayFigures, "day" | "tier" | "owner" | "objective">;

export function sumOf(days: readonly DayFigures[], field: Counted): number {
  return days.reduce((total, day) => total + day[field], 0);
}

export async function loadDayFigures(sql: Sql, period: Period, filter: SloFilter): Promise<DayFigures[]> {
  const { tier = null, owner = null, eventType = null } = filter;
  const month = period.kind === "month" ? period.from : null;
  return sql.rows<DayFigures>(daysStatement, [period.from, period.to, month, tier, owner, eventType]);
}

// Groups by type first, with numbers for tiers and owners: comparing strings for every type's day would cost more than the sums.
const daysStatement = `
WITH type AS MATERIALIZED (
  SELECT t.id, terms.tier, terms.owner, held.objective,
         dense_rank() OVER (ORDER BY terms.tier, terms.owner, held.objective)::int AS party
    FROM event_type t
    JOIN tier ON tier.name = t.tier
    LEFT JOIN slo_month m ON m.event_type_id = t.id AND m.month = $3
   CROSS JOIN LATERAL ${monthTerms}
   CROSS JOIN LATERAL (SELECT CASE WHEN $6::text IS NULL THEN coalesce(terms.tier_timeliness, terms.timeliness)
                                   ELSE terms.timeliness END AS objective) held
   WHERE t.claimed_at IS NOT NULL AND ($4::text IS NULL OR terms.tier = $4) AND ($5::text IS NULL OR terms.owner = $5)
     AND ($6::text IS NULL OR t.name = $6)
), party AS (
  SELECT DISTINCT party, tier, owner, objective FROM type
), added AS (
  SELECT d.day, type.party, sum(d.due_hours)::int AS due, sum(d.met_hours)::int AS met,
         sum(d.excused_hours)::int AS excused,
         sum(d.proven_hours - d.complete_hours)::int AS incomplete, sum(d.unverified_hours)::int AS unverified,
         sum(d.lost_events) AS lost, sum(d.skewed_events) AS skewed
    FROM slo_day d JOIN type ON type.id = d.event_type_id
   WHERE d.day >= $1 AND d.day < $2
   GROUP BY 1, 2
)
SELECT day, tier, owner, objective, due AS "dueHours", met AS "metHours", excused AS "excusedHours",
       incomplete AS "incompleteHours", unverified AS "unverifiedHours", lost AS "lostEvents", skewed AS "skewedEvents"
  FROM added JOIN party USING (party) ORDER BY day`;
