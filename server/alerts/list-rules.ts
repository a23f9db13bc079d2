import { defaultRules, writtenDefaults } from "#domain/alert.ts";
import { parseAlertRule } from "#domain/alert-rule.ts";
import type { RuleJson } from "#domain/api/alerts.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { specTag } from "#server/precondition.ts";
import { loadStoredRules, type StoredRule } from "./load-rules.ts";

/** Rules by name, built-in and custom. There are few, so all are read for a page. */
export async function listRules({ ctx, input }: Call<PageInput<string>>): Promise<Page<RuleJson, string>> {
  requireScope(ctx, "read");
  const rules = await readAll(ctx.database);
  const { after } = input;
  return cutPage(after === null ? rules : rules.filter(({ name }) => name > after), input.limit, ({ name }) => name);
}

export async function readRule({ ctx, input }: Call<{ name: string }>): Promise<RuleJson> {
  requireScope(ctx, "read");
  const rule = (await readAll(ctx.database)).find(({ name }) => name === input.name);
  if (!rule) throw new NotFound(`Rule "${input.name}" does not exist. GET /api/v1/rules lists all rules.`);
  return rule;
}

async function readAll(database: Database): Promise<RuleJson[]> {
  const stored = new Map((await loadStoredRules(database.sql)).map((rule) => [rule.name, rule]));
  const states = await countStates(database.sql);
  const isDefault = new Set(defaultRules.map(({ name }) => name));
  const written = [...stored.values()].flatMap((rule) => toJson(rule, isDefault.has(rule.name) ? "replaced" : "own"));
  const defaults = writtenDefaults
    .filter(({ name }) => !stored.has(name))
    .flatMap(({ name, spec }) => toJson({ name, spec, updatedAt: null, updatedBy: null }, "default"));
  return [...written, ...defaults]
    .map((rule) => ({ ...rule, states: { ...rule.states, ...states.get(rule.name) } }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

type AnyRule = Pick<StoredRule, "name" | "spec"> & { updatedAt: Date | null; updatedBy: string | null };

/** A document written by a later version may be unreadable and then has no metric to show: it is omitted and logged. */
function toJson({ name, spec, updatedAt, updatedBy }: AnyRule, origin: RuleJson["origin"]): RuleJson[] {
  const parsed = parseAlertRule(spec);
  if (!parsed.ok) return [];
  const { metric, severity, enabled } = parsed.spec;
  return [
    {
      name,
      origin,
      metric,
      severity,
      enabled,
      spec: spec as RuleJson["spec"],
      etag: specTag(spec),
      states: { pending: 0, firing: 0, recovering: 0, noData: 0, error: 0 },
      updatedAt: updatedAt && formatInstant(updatedAt),
      updatedBy,
    },
  ];
}

async function countStates(sql: Sql): Promise<Map<string, Partial<RuleJson["states"]>>> {
  const { rows } = await sql.query<{ rule: string; state: string; alerts: number }>(
    `SELECT rule, state, count(*)::int AS alerts FROM alert WHERE state <> 'normal' GROUP BY 1, 2`,
  );
  const byRule = Map.groupBy(rows, ({ rule }) => rule);
  const named = (state: string) => (state === "no-data" ? "noData" : state);
  return new Map(
    [...byRule].map(([rule, found]) => [
      rule,
      Object.fromEntries(found.map(({ state, alerts }) => [named(state), alerts])),
    ]),
  );
}
