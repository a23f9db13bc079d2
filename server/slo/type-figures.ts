import { effectiveObjectives, noCounts, type Objectives, type Period, type SloCounts } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import { pickCounts, selectCountSums, selectCounts } from "./count-columns.ts";
import { type FrozenMonth, ownObjectives, tierObjectives } from "./freeze-months.ts";
import type { SloFilter } from "./slo-input.ts";

/** One type's service levels in one period: a frozen month with the terms it was frozen with. */
export interface TypeFigures {
  readonly name: string;
  readonly tier: string;
  readonly owner: string;
  readonly activeFrom: Date;
  readonly activeTo: Date | null;
  readonly deadlineSeconds: number;
  readonly claimedAt: Date;
  readonly objectives: Objectives;
  /** What its tier promises of all of its types. */
  readonly tierObjectives: Objectives;
  readonly counts: SloCounts;
  readonly frozenAt: Date | null;
  /** As they were frozen. */
  readonly frozenCounts: SloCounts | null;
}

interface FigureRow extends SloCounts {
  month: Date | null;
  name: string;
  tier: string;
  owner: string;
  activeFrom: Date;
  activeTo: Date | null;
  deadlineSeconds: number;
  claimedAt: Date;
  objectives: Objectives;
  tierObjectives: Objectives;
  frozenAt: Date | null;
  frozen: FrozenMonth | null;
}

const typeColumns = `t.name, t.tier, t.owner, t.active_from AS "activeFrom", t.active_to AS "activeTo",
       coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", t.claimed_at AS "claimedAt",
       ${ownObjectives} AS objectives, ${tierObjectives} AS "tierObjectives"`;

/** Every claimed type that is active in the period, in order of name. */
export async function loadTypeFigures(sql: Sql, period: Period, filter: SloFilter): Promise<TypeFigures[]> {
  const statement = period.kind === "month" ? monthStatement : rollingStatement;
  const { rows } = await sql.query<FigureRow>(statement, [period.from, period.to]);
  return rows.map(figuresOf).filter((figures) => isAsked(figures, filter));
}

/** The same of every month that begins in from..to, to excluded; only those in which something counts. */
export async function loadMonthlyFigures(
  sql: Sql,
  range: { from: Date; to: Date },
  filter: SloFilter,
): Promise<Map<number, TypeFigures[]>> {
  const { rows } = await sql.query<FigureRow & { month: Date }>(
    `SELECT m.month, ${typeColumns}, ${selectCounts("m")}, m.frozen_at AS "frozenAt", m.frozen
       FROM slo_month m
       JOIN event_type t ON t.id = m.event_type_id AND t.claimed_at IS NOT NULL
       JOIN tier ON tier.name = t.tier
      WHERE m.month >= $1 AND m.month < $2
      ORDER BY t.name COLLATE "C"`,
    [range.from, range.to],
  );
  const months = new Map<number, TypeFigures[]>();
  for (const row of rows) {
    const figures = figuresOf(row);
    if (!isAsked(figures, filter)) continue;
    const types = months.get(row.month.getTime());
    if (types) types.push(figures);
    else months.set(row.month.getTime(), [figures]);
  }
  return months;
}

const monthStatement = `
SELECT ${typeColumns}, ${selectCounts("m")}, m.frozen_at AS "frozenAt", m.frozen
  FROM event_type t
  JOIN tier ON tier.name = t.tier
  LEFT JOIN slo_month m ON m.event_type_id = t.id AND m.month = $1
 WHERE t.claimed_at IS NOT NULL
   AND (m.month IS NOT NULL OR (t.active_from < $2 AND (t.active_to IS NULL OR t.active_to > $1)))
 ORDER BY t.name COLLATE "C"`;

const rollingStatement = `
SELECT ${typeColumns}, s.*, NULL AS "frozenAt", NULL AS frozen
  FROM event_type t
  JOIN tier ON tier.name = t.tier
  LEFT JOIN (SELECT d.event_type_id, ${selectCountSums("d")}
               FROM slo_day d WHERE d.day >= $1 AND d.day < $2 GROUP BY 1) s ON s.event_type_id = t.id
 WHERE t.claimed_at IS NOT NULL AND t.active_from < $2 AND (t.active_to IS NULL OR t.active_to > $1)
 ORDER BY t.name COLLATE "C"`;

function figuresOf(row: FigureRow): TypeFigures {
  const { frozen } = row;
  const own = frozen?.objectives ?? row.objectives;
  const ofTier = frozen?.tierObjectives ?? row.tierObjectives;
  return {
    name: row.name,
    tier: frozen?.tier ?? row.tier,
    owner: frozen?.owner ?? row.owner,
    activeFrom: row.activeFrom,
    activeTo: row.activeTo,
    deadlineSeconds: row.deadlineSeconds,
    claimedAt: row.claimedAt,
    objectives: effectiveObjectives(own, ofTier),
    tierObjectives: ofTier,
    // A type of which nothing is added up yet joins nothing.
    counts: row.dueHours === null ? noCounts() : pickCounts(row),
    frozenAt: row.frozenAt,
    frozenCounts: frozen?.counts ?? null,
  };
}

function isAsked({ name, tier, owner }: TypeFigures, filter: SloFilter): boolean {
  return (
    (filter.tier === undefined || filter.tier === tier) &&
    (filter.owner === undefined || filter.owner === owner) &&
    (filter.eventType === undefined || filter.eventType === name)
  );
}
