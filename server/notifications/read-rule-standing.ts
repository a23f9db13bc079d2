import { sayUnseen } from "#domain/alert/say-unseen.ts";
import type { AlertRule, Evaluated } from "#domain/alert.ts";
import type { RuleStandingJson } from "#domain/api/alerts.ts";
import { formatInstant } from "#domain/instant.ts";
import { lastEnd, whyMuted } from "#domain/notification/why-muted.ts";
import type { Labels } from "#domain/routing.ts";
import { silencedBy } from "#domain/silence.ts";
import type { Muted } from "#domain/situation.ts";
import { sayStanding, standingState } from "#domain/standing/say-standing.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { loadRuleStanding, loadRules } from "#server/alerts/index.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { loadMuteFacts } from "./load-mute-facts.ts";
import { loadTree } from "./load-tree.ts";

const shownTypes = 20;

/** What a rule evaluates now, why not the rest, and whether its alerts are notified. */
export async function readRuleStanding({ ctx, input: { name } }: Call<{ name: string }>): Promise<RuleStandingJson> {
  requireScope(ctx, "read");
  const { database, clock } = ctx;
  const { sql } = database;
  const now = clock.now();
  const { rules } = await loadRules(database.sql);
  const rule = rules.find((each) => each.name === name);
  if (!rule) throw new NotFound(`Rule "${name}" does not exist. GET /api/v1/rules lists all rules.`);
  const evaluated = await loadRuleStanding(sql, { rule, database, now, speed: clock.speed });
  const alerts = await loadActive(sql, name);
  const muted = rule.spec.enabled ? await findMuted(sql, { rule, alerts, now }) : null;
  return {
    name,
    state: standingState(rule, evaluated),
    sentence: sayStanding({ rule, evaluated, active: alerts.length, muted, now }),
    eventTypes: evaluated.eventTypes,
    evaluates: { what: evaluated.at, count: evaluated.count },
    notEvaluated: toUnseenJson(rule, evaluated),
    explainedByChance: evaluated.byChance
      .slice(0, shownTypes)
      .map(({ eventType, clause }) => ({ eventType, reason: clause })),
    activeAlerts: alerts.length,
    muted: muted && { ...muted, until: muted.until && formatInstant(muted.until) },
    asOf: formatInstant(now),
  };
}

function toUnseenJson({ spec }: AlertRule, { unseen }: Evaluated): RuleStandingJson["notEvaluated"] {
  return unseen.map((each) => ({
    code: each.code,
    count: each.count,
    reason: sayUnseen(each, spec.scope),
    eventTypes: [...each.eventTypes].sort().slice(0, shownTypes),
  }));
}

async function loadActive(sql: Sql, rule: string): Promise<{ labels: Labels }[]> {
  return sql.rows<{ labels: Labels }>(
    "SELECT labels FROM alert WHERE rule = $1 AND state IN ('firing', 'recovering')",
    [rule],
  );
}

/** Of a rule without active alerts: a silence that would hide each of them, by the labels that all of them have. */
async function findMuted(
  sql: Sql,
  { rule, alerts, now }: { rule: AlertRule; alerts: readonly { labels: Labels }[]; now: Date },
): Promise<Muted | null> {
  // An unreadable tree is reported elsewhere: it mutes nothing here.
  const tree = await loadTree(sql).catch(() => null);
  if (tree === null) return null;
  const { facts } = await loadMuteFacts(sql, tree, now);
  if (alerts.length > 0) return whyMuted(alerts, facts);
  const certain = { ...rule.spec.labels, alertname: rule.name, severity: rule.spec.severity };
  const silences = silencedBy(certain, facts.silences, now);
  return silences.length === 0 ? null : { reason: "silenced", until: lastEnd(silences) };
}
