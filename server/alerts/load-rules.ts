import { type AlertRule, defaultRules } from "#domain/alert.ts";
import { parseAlertRule } from "#domain/alert-rule.ts";
import type { Sql } from "#server/db/database.ts";

export interface StoredRule {
  name: string;
  spec: unknown;
  updatedAt: Date;
  updatedBy: string;
}

/** The rules to evaluate: built-in ones, replaced and extended by custom ones. */
export async function loadRules(sql: Sql): Promise<{ rules: AlertRule[]; faults: string[] }> {
  const stored = await loadStoredRules(sql);
  const rules = new Map(defaultRules.map((rule) => [rule.name, rule]));
  const faults: string[] = [];
  for (const { name, spec } of stored) {
    const parsed = parseAlertRule(spec);
    if (parsed.ok) rules.set(name, { name, spec: parsed.spec, isDefault: false });
    // Written by a newer version: it is logged, and the rule it replaced is not restored silently.
    else {
      rules.delete(name);
      faults.push(`${name}: ${parsed.faults[0]?.pointer} ${parsed.faults[0]?.detail}`);
    }
  }
  return { rules: [...rules.values()], faults };
}

export async function loadStoredRules(sql: Sql): Promise<StoredRule[]> {
  return sql.rows<StoredRule>(
    `SELECT name, spec, updated_at AS "updatedAt", updated_by AS "updatedBy" FROM alert_rule ORDER BY name`,
  );
}
