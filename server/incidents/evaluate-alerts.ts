import { type AlertDecision, type AlertFacts, type AlertRule, decideAlerts, isActive, metrics } from "#domain/alert.ts";
import type { Context } from "#server/access/index.ts";
import { loadAlertFacts, loadKnownAlerts, loadRules, type StoredAlertRow, type Volumes } from "#server/alerts/index.ts";
import type { Sql } from "#server/db/database.ts";
import { groupIntoIncidents } from "./group-into-incidents.ts";
import type { IncidentListener } from "./listener.ts";

export interface EvaluateAlertsInput {
  /** null: every claimed type, and the rules about datacenters and Tidemark itself. */
  eventTypeIds: readonly number[] | null;
  /** Types whose closed hours changed; those whose alerts about closed hours go on are looked at with them. */
  historyOf: readonly number[];
  /** What was judged of volumes of late; without it, rules about them keep their state. */
  volumes?: Volumes;
}

export interface EvaluateAlertsArgs {
  ctx: Context;
  input: EvaluateAlertsInput;
  listener: IncidentListener;
}

export interface EvaluatedAlerts {
  types: number;
  /** Alerts whose state changed. */
  changed: number;
  /** Rules that are stored and cannot be read. */
  faults: string[];
}

/** What goes on is written this often, though no state changes: values, and the hours that are hurt. In the product's time. */
const refreshEveryMs = 10_000;

/**
 * Looks at the rules with the facts as the transaction sees them, moves alerts, and puts what fires under incidents; all of it is
 * committed with the caller's work. Any number may run at once: who comes second leaves alone what the first has moved.
 */
export async function evaluateAlerts(tx: Sql, { ctx, input, listener }: EvaluateAlertsArgs): Promise<EvaluatedAlerts> {
  const now = ctx.clock.now();
  const { eventTypeIds, historyOf } = input;
  const { rules, faults } = await loadRules(tx);
  const needHistory = new Set(rules.flatMap(({ name, spec }) => (metrics[spec.metric].needsHistory ? name : [])));
  const known = await loadKnownAlerts(tx, eventTypeIds);
  const goesOn = known.flatMap(({ rule, eventTypeId }) => (needHistory.has(rule) && eventTypeId ? eventTypeId : []));
  const loaded = await loadAlertFacts(tx, {
    database: ctx.database,
    speed: ctx.clock.speed,
    now,
    eventTypeIds,
    historyOf: [...new Set([...historyOf, ...goesOn])],
    horizonSeconds: Math.max(3600, ...rules.map(({ spec }) => spec.horizonSeconds)),
    longestWindowSeconds: longestWindow(rules),
    volumes: input.volumes ?? null,
  });
  const decisions = decideAlerts({ rules, facts: loaded.facts, known, isWhole: eventTypeIds === null });
  const rows = new Map(known.map((row) => [row.fingerprint, row]));
  const toWrite = decisions.filter((decision) =>
    isWorthWriting(decision, rows.get(decision.fingerprint), loaded.facts),
  );
  const changed = await groupIntoIncidents(tx, { ctx, listener, loaded, decisions: toWrite, rows });
  return { types: loaded.facts.types.length, changed, faults };
}

function longestWindow(rules: readonly AlertRule[]): number {
  return Math.max(0, ...rules.flatMap(({ spec }) => spec.windows.map(({ longSeconds }) => longSeconds)));
}

function isWorthWriting({ step }: AlertDecision, row: StoredAlertRow | undefined, { now }: AlertFacts): boolean {
  if (step.changed) return true;
  const goesOn = isActive(step.next) || step.next.state === "pending";
  return goesOn && row !== undefined && now.getTime() - row.evaluatedAt.getTime() >= refreshEveryMs;
}
