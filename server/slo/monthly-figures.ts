import { type SloCounts, sloCountFields } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import { pickCounts, selectCountSums } from "./count-columns.ts";
import { monthTerms, type TermRow, termColumns } from "./month-terms.ts";
import type { SloFilter } from "./slo-input.ts";
import { type Figures, termsOf } from "./type-figures.ts";

interface GroupRow extends SloCounts, TermRow, Omit<Figures, "counts" | keyof ReturnType<typeof termsOf>> {
  month: Date;
}

/**
 * Months starting in from..to, `to` excluded, with counted hours: types with equal terms share one entry, because budgets add up.
 * A year of hundreds of types is then a few dozen rows.
 */
export async function loadMonthlyFigures(
  sql: Sql,
  range: { from: Date; to: Date },
  filter: SloFilter,
  now: Date,
): Promise<Map<number, Figures[]>> {
  const { tier = null, owner = null, eventType = null } = filter;
  const rows = await sql.rows<GroupRow>(groupsStatement, [range.from, range.to, tier, owner, eventType, now]);
  const months = Map.groupBy(rows, ({ month }) => month.getTime());
  return new Map([...months].map(([month, groups]) => [month, groups.map(toFigures)]));
}

function toFigures(row: GroupRow): Figures {
  const { types, pastRecords, promisedHours, isRunning, frozenAt, restatedFrom } = row;
  const counts = pickCounts(row);
  return { types, pastRecords, promisedHours, isRunning, frozenAt, restatedFrom, counts, ...termsOf(row) };
}

const frozenSums = sloCountFields
  .map((field) => `'${field}', sum(CASE WHEN m.restated THEN (m.frozen_counts->>'${field}')::float8 END)`)
  .join(", ");

const groupsStatement = `
SELECT m.month, count(*)::int AS types,
       count(*) FILTER (WHERE greatest(m.month, t.active_from) < month.ends_at
                          AND greatest(m.month, t.active_from) + interval '1 hour' <= t.claimed_at)::int AS "pastRecords", ${termColumns}, ${selectCountSums("m")}, max(m.frozen_at) AS "frozenAt",
       sum(greatest(0, extract(epoch FROM least(coalesce(t.active_to, 'infinity'), month.ends_at)
                                          - greatest(t.active_from, m.month)) / 3600))::float8 AS "promisedHours",
       bool_or(m.frozen_at IS NULL AND least(coalesce(t.active_to, 'infinity'), month.ends_at)
                 + make_interval(secs => coalesce(t.deadline_seconds, tier.deadline_seconds)) >= $6) AS "isRunning",
       CASE WHEN m.restated THEN jsonb_build_object(${frozenSums}) END AS "restatedFrom"
  FROM slo_month m
  JOIN event_type t ON t.id = m.event_type_id AND t.claimed_at IS NOT NULL
  JOIN tier ON tier.name = t.tier
 CROSS JOIN LATERAL ${monthTerms}
 CROSS JOIN LATERAL (SELECT (m.month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC' AS ends_at) month
 WHERE m.month >= $1 AND m.month < $2 AND ($3::text IS NULL OR terms.tier = $3) AND ($4::text IS NULL OR terms.owner = $4)
   AND ($5::text IS NULL OR t.name = $5)
 GROUP BY m.month, terms.frozen, m.restated, terms.tier, terms.timeliness, terms.completeness, terms.skew, terms.tier_timeliness,
          terms.tier_completeness, terms.tier_skew`;
