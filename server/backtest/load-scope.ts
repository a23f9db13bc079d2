import { isTypeInScope } from "#domain/alert.ts";
import type { RuleScope } from "#domain/alert-rule.ts";
import type { Hour } from "#domain/hour.ts";
import { type TypeTerms, type TypeTermsRow, typeTermsColumns, withTerms } from "#server/alerts/index.ts";
import type { Sql } from "#server/db/database.ts";

export interface HistoryRange {
  from: Hour;
  /** Excluded. */
  to: Hour;
  now: Date;
}

export type ScopedType = TypeTerms & { activeFrom: Date };

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
  const { rows } = await sql.query<TypeTermsRow & { activeFrom: Date }>(
    `SELECT ${typeTermsColumns}, t.active_from AS "activeFrom"
       FROM event_type t JOIN tier ON tier.name = t.tier
      WHERE t.claimed_at IS NOT NULL AND t.active_from < $2 AND (t.active_to IS NULL OR t.active_to > $1) ORDER BY t.id`,
    [from, to],
  );
  return rows.map(withTerms);
}

async function loadDatacenters(sql: Sql, from: Date, to: Date): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT name FROM datacenter
      WHERE claimed_at IS NOT NULL AND active_from < $2 AND (active_to IS NULL OR active_to > $1) ORDER BY name`,
    [from, to],
  );
  return rows.map(({ name }) => name);
}
