import { type AlertDecision, type AlertFacts, type AlertRule, decideAlerts, isActive, metrics } from "#domain/alert.ts";
import type { Context } from "#server/access/index.ts";
import { loadAlertFacts, loadKnownAlerts, loadRules, type StoredAlertRow, type Volumes } from "#server/alerts/index.ts";
import type { Transaction } from "#server/db/database.ts";
import { groupIntoIncidents } from "./group-into-incidents.ts";
import type { IncidentListener } from "./listener.ts";

export interface EvaluateAlertsInput {
  /** null: every claimed type, plus the rules about datacenters and Tidemark itself. */
  eventTypeIds: readonly number[] | null;
  /** Types whose closed hours changed; types with active alerts about closed hours are added. */
  historyOf: readonly number[];
  /** Recent volume figures; without them, volume rules keep their state. */
  volumes?: Volumes;
}

export interface EvaluateAlertsArgs {
  ctx: Context;
  input: EvaluateAlertsInput;
  listener: IncidentListener;
}

export interface EvaluatedAlerts {
  /** Alerts that changed state. */
  changed: number;
  /** Stored rules that cannot be read. */
  faults: string[];
}

/** How often active alerts are rewritten without a state change: values and affected hours. In the product's time. */
const refreshEveryMs = 10_000;

/**
 * Evaluates the rules on the facts this transaction sees, updates alerts, and groups firing ones into incidents, committed
 * with the caller's work. Any number may run at once: the second skips alerts that the first has changed.
 */
export async function evaluateAlerts(
  tx: Transaction,
  { ctx, input, listener }: EvaluateAlertsArgs,
): Promise<EvaluatedAlerts> {
  const now = ctx.clock.now();
  const { eventTypeIds, historyOf } = input;
  const { rules, faults } = await loadRules(tx);
  const needHistory = new Set(
    rules.flatMap(({ name, spec }) => (metrics[spec.metric].needs === "closed hours" ? name : [])),
  );
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
    countedSeconds: Math.max(0, ...rules.map(({ spec }) => (metrics[spec.metric].hasWindow ? spec.windowSeconds : 0))),
    volumes: input.volumes ?? null,
  });
  const decisions = decideAlerts({ rules, facts: loaded.facts, known, isWhole: eventTypeIds === null });
  const rows = new Map(known.map((row) => [row.fingerprint, row]));
  const toWrite = decisions.filter((decision) =>
    isWorthWriting(decision, rows.get(decision.fingerprint), loaded.facts),
  );
  const changed = await groupIntoIncidents(tx, { ctx, listener, loaded, decisions: toWrite, rows });
  return { changed, faults };
}

function longestWindow(rules: readonly AlertRule[]): number {
  return Math.max(0, ...rules.flatMap(({ spec }) => spec.windows.map(({ longSeconds }) => longSeconds)));
}

function isWorthWriting({ step }: AlertDecision, row: StoredAlertRow | undefined, { now }: AlertFacts): boolean {
  if (step.changed) return true;
  const goesOn = isActive(step.next) || step.next.state === "pending";
  return goesOn && row !== undefined && now.getTime() - row.evaluatedAt.getTime() >= refreshEveryMs;
}
