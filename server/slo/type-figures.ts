import {
  addMonths,
  hasPastRecord,
  isRunning,
  monthPeriod,
  noCounts,
  type Objectives,
  type Period,
  promisedHours,
  type SloCounts,
} from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import { pickCounts, selectCountSums, selectCounts } from "./count-columns.ts";
import { monthTerms, type TermRow, termColumns, termsSince } from "./month-terms.ts";
import type { SloFilter } from "./slo-input.ts";

/** Service levels of a period, for one type or several with equal terms. A frozen month keeps the terms it was frozen with. */
export interface Figures {
  readonly types: number;
  /** Types with hours of the period from before their claim. */
  readonly pastRecords: number;
  readonly tier: string;
  readonly objectives: Objectives;
  /** Their tier's objectives for all its types. */
  readonly tierObjectives: Objectives;
  readonly promisedHours: number;
  /** Its hours are not all due yet. */
  readonly isRunning: boolean;
  readonly counts: SloCounts;
  readonly frozenAt: Date | null;
  /** The frozen counts, if they differ now. */
  readonly restatedFrom: SloCounts | null;
}

export interface TypeFigures extends Figures {
  readonly name: string;
  readonly owner: string;
  readonly claimedAt: Date;
  readonly deadlineSeconds: number;
  readonly termsSince: Date;
}

interface TypeRow
  extends SloCounts,
    TermRow,
    Pick<TypeFigures, "name" | "owner" | "claimedAt" | "deadlineSeconds" | "termsSince" | "frozenAt" | "restatedFrom"> {
  activeFrom: Date;
  activeTo: Date | null;
}

/** Every claimed type active in the period, by name. */
export async function loadTypeFigures(sql: Sql, period: Period, filter: SloFilter, now: Date): Promise<TypeFigures[]> {
  const statement = period.kind === "month" ? monthStatement : rollingStatement;
  const { rows } = await sql.query<TypeRow>(statement, [period.from, period.to]);
  return rows.map((row) => figuresOf(row, period, now)).filter((figures) => isAsked(figures, filter));
}

/** Of the month before, for comparison; none for the last 28 days. */
export async function loadFiguresBefore(
  sql: Sql,
  period: Period,
  filter: SloFilter,
  now: Date,
): Promise<TypeFigures[]> {
  if (period.kind !== "month") return [];
  return loadTypeFigures(sql, monthPeriod(addMonths(period.from, -1)), filter, now);
}

export function isAsked({ name, tier, owner }: TypeFigures, filter: SloFilter): boolean {
  return (
    (filter.tier === undefined || filter.tier === tier) &&
    (filter.owner === undefined || filter.owner === owner) &&
    (filter.eventType === undefined || filter.eventType === name)
  );
}

const typeColumns = `t.name, t.claimed_at AS "claimedAt", t.active_from AS "activeFrom", t.active_to AS "activeTo",
       coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", ${termsSince} AS "termsSince"`;

const monthStatement = `
SELECT ${typeColumns}, terms.owner, ${termColumns}, ${selectCounts("m")}, m.frozen_at AS "frozenAt",
       CASE WHEN m.restated THEN m.frozen_counts END AS "restatedFrom"
  FROM event_type t
  JOIN tier ON tier.name = t.tier
  LEFT JOIN slo_month m ON m.event_type_id = t.id AND m.month = $1
 CROSS JOIN LATERAL ${monthTerms}
 WHERE t.claimed_at IS NOT NULL
   AND (m.month IS NOT NULL OR (t.active_from < $2 AND (t.active_to IS NULL OR t.active_to > $1)))
 ORDER BY t.name COLLATE "C"`;

// The last 28 days are never frozen: no months are joined, and the catalogue's terms apply.
const rollingStatement = `
SELECT ${typeColumns}, terms.owner, ${termColumns}, s.*, NULL AS "frozenAt", NULL AS "restatedFrom"
  FROM event_type t
  JOIN tier ON tier.name = t.tier
  LEFT JOIN slo_month m ON false
 CROSS JOIN LATERAL ${monthTerms}
  LEFT JOIN (SELECT d.event_type_id, ${selectCountSums("d")}
               FROM slo_day d WHERE d.day >= $1 AND d.day < $2 GROUP BY 1) s ON s.event_type_id = t.id
 WHERE t.claimed_at IS NOT NULL AND t.active_from < $2 AND (t.active_to IS NULL OR t.active_to > $1)
 ORDER BY t.name COLLATE "C"`;

function figuresOf(row: TypeRow, period: Period, now: Date): TypeFigures {
  return {
    types: 1,
    pastRecords: hasPastRecord(row, period) ? 1 : 0,
    name: row.name,
    owner: row.owner,
    claimedAt: row.claimedAt,
    deadlineSeconds: row.deadlineSeconds,
    termsSince: row.termsSince,
    promisedHours: promisedHours(row, period),
    isRunning: row.frozenAt === null && isRunning(row, period, now),
    // A type with nothing added up yet has no row to join.
    counts: row.dueHours === null ? noCounts() : pickCounts(row),
    frozenAt: row.frozenAt,
    restatedFrom: row.restatedFrom,
    ...termsOf(row),
  };
}

export function termsOf(row: TermRow): Pick<Figures, "tier" | "objectives" | "tierObjectives"> {
  return {
    tier: row.tier,
    objectives: { timeliness: row.timeliness, completeness: row.completeness, skew: row.skew },
    tierObjectives: { timeliness: row.tierTimeliness, completeness: row.tierCompleteness, skew: row.tierSkew },
  };
}
