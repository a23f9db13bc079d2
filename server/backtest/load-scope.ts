import { isTypeInScope } from "#domain/alert.ts";
import type { RuleScope } from "#domain/alert-rule.ts";
import type { PastType } from "#domain/backtest.ts";
import { defaultSettleSeconds, defaultTolerance } from "#domain/catalogue.ts";
import type { Hour } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";

export interface HistoryRange {
  from: Hour;
  /** Excluded. */
  to: Hour;
  now: Date;
}

export type ScopedType = Omit<PastType, "hours" | "hourCount"> & { id: number; settleSeconds: number };

interface TypeRow extends Omit<ScopedType, "maxLost" | "maxDuplicated" | "objectives" | "settleSeconds"> {
  settleSeconds: number | null;
  maxLost: number | null;
  maxDuplicated: number | null;
  timeliness: number | null;
  completeness: number | null;
}

/** The types in the rule's scope by the current catalogue, and all datacenters. */
export async function loadScope(
  sql: Sql,
  scope: RuleScope,
  { from, to }: Pick<HistoryRange, "from" | "to">,
): Promise<{ types: ScopedType[]; datacenters: string[] }> {
  const [types, datacenters] = await Promise.all([loadTypes(sql, from, to), loadDatacenters(sql, from, to)]);
  return { types: types.filter((type) => isTypeInScope(scope, type)), datacenters };
}

async function loadTypes(sql: Sql, from: Date, to: Date): Promise<ScopedType[]> {
  const { rows } = await sql.query<TypeRow>(
    `SELECT t.id, t.name AS "eventType", t.tier, t.owner, t.labels, t.active_from AS "activeFrom",
            coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", t.settle_seconds AS "settleSeconds",
            t.max_lost AS "maxLost", t.max_duplicated AS "maxDuplicated",
            coalesce(t.objective_timeliness, tier.objective) AS timeliness,
            coalesce(t.objective_completeness, tier.objective_completeness) AS completeness
       FROM event_type t JOIN tier ON tier.name = t.tier
      WHERE t.claimed_at IS NOT NULL AND t.active_from < $2 AND (t.active_to IS NULL OR t.active_to > $1) ORDER BY t.id`,
    [from, to],
  );
  return rows.map(({ settleSeconds, maxLost, maxDuplicated, timeliness, completeness, ...type }) => ({
    ...type,
    settleSeconds: settleSeconds ?? defaultSettleSeconds,
    maxLost: maxLost ?? defaultTolerance,
    maxDuplicated: maxDuplicated ?? defaultTolerance,
    objectives: { timeliness, completeness },
  }));
}

async function loadDatacenters(sql: Sql, from: Date, to: Date): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT name FROM datacenter
      WHERE claimed_at IS NOT NULL AND active_from < $2 AND (active_to IS NULL OR active_to > $1) ORDER BY name`,
    [from, to],
  );
  return rows.map(({ name }) => name);
}
