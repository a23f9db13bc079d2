import type { AlertFacts, TypeFacts } from "./facts.ts";
import { isTypeInScope } from "./in-scope.ts";
import { fingerprintOf } from "./labels.ts";
import { metrics } from "./metrics.ts";
import { calmLook, isLookedAt, type Observation, observeRule, type Subject } from "./observe.ts";
import type { AlertRule } from "./rule.ts";
import { type AlertLook, type AlertStep, neverFired, type StoredAlert, stepAlert } from "./step-alert.ts";

/** An alert that is not normal, as stored. */
export interface KnownAlert extends StoredAlert {
  fingerprint: string;
  rule: string;
  subject: Subject;
}

/** What becomes of one alert at the facts' instant. */
export interface AlertDecision {
  fingerprint: string;
  ruleName: string;
  /** null: the rule no longer exists. */
  rule: AlertRule | null;
  subject: Subject;
  before: StoredAlert;
  step: AlertStep;
  /** The observation; null: the rule has no reading for the subject. */
  observation: Observation | null;
}

export interface AlertsToDecide {
  rules: readonly AlertRule[];
  facts: AlertFacts;
  /** The alerts that are not normal: those of the facts' types, or all of them where `isWhole`. */
  known: readonly KnownAlert[];
  /**
   * The facts cover all types: rules about datacenters and Tidemark are evaluated, and missing subjects count as gone.
   */
  isWhole: boolean;
}

/** Evaluates every rule, and steps each alert that is not normal or should not be. */
export function decideAlerts({ rules, facts, known, isWhole }: AlertsToDecide): AlertDecision[] {
  const before = new Map(known.map((alert) => [alert.fingerprint, alert]));
  const seen = new Map<string, Observation>();
  for (const rule of rules) {
    if (!isWhole && metrics[rule.spec.metric].of !== "type") continue;
    for (const observation of observeRule(rule, facts)) {
      // Alerts that hold are stored per subject; one that is and was normal needs no fingerprint.
      if (!isNews(observation) && known.length === 0) continue;
      seen.set(fingerprintOf(rule.name, observation.subject), observation);
    }
  }
  const decisions: AlertDecision[] = [];
  for (const [fingerprint, observation] of seen) {
    const stored = before.get(fingerprint) ?? neverFired;
    if (stored === neverFired && !isNews(observation)) continue;
    const { rule, subject, look } = observation;
    if (stored === neverFired && look.kind === "no-data" && metrics[rule.spec.metric].isUnknownAtFirst) continue;
    const step = stepAlert(stored, look, rule.spec, facts.now);
    decisions.push({ fingerprint, ruleName: rule.name, rule, subject, before: stored, step, observation });
  }
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const types = new Map(facts.types.map((type) => [type.eventType, type]));
  for (const alert of known) {
    if (seen.has(alert.fingerprint)) continue;
    const rule = byName.get(alert.rule) ?? null;
    const look = lookAtUnseen(alert, rule, types, { facts, isWhole });
    if (!look) continue;
    const { fingerprint, subject } = alert;
    const terms = rule?.spec ?? { forSeconds: 0, keepFiringForSeconds: 0 };
    const step = stepAlert(alert, look, terms, facts.now);
    decisions.push({ fingerprint, ruleName: alert.rule, rule, subject, before: alert, step, observation: null });
  }
  return decisions;
}

function isNews({ look }: Observation): boolean {
  return look.kind !== "value" || look.isTrue;
}

/** An alert whose rule has no reading for it: normal, gone, or not evaluated this time (null). */
function lookAtUnseen(
  { subject }: KnownAlert,
  rule: AlertRule | null,
  types: ReadonlyMap<string, TypeFacts>,
  { facts, isWhole }: { facts: AlertFacts; isWhole: boolean },
): AlertLook | null {
  if (!rule?.spec.enabled) return { kind: "gone", why: "its rule was deleted or disabled" };
  const { eventType, datacenter } = subject;
  if (eventType !== null) {
    const type = types.get(eventType);
    if (!type) return isWhole ? { kind: "gone", why: `${eventType} is no longer active` } : null;
    if (!isTypeInScope(rule.spec.scope, type)) return { kind: "gone", why: "no longer in the rule's scope" };
    if (!isLookedAt(rule, type)) return null;
    const stays = datacenter === null || type.lanes.some((lane) => lane.datacenter === datacenter);
    return stays ? calmLook(rule) : { kind: "gone", why: `${datacenter} is no longer expected for ${eventType}` };
  }
  if (!isWhole) return null;
  const stays = datacenter === null || facts.datacenters.some(({ name }) => name === datacenter);
  return stays ? calmLook(rule) : { kind: "gone", why: `${datacenter} is no longer active` };
}
