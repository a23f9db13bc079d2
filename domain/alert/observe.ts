import type { AlertFacts, TypeFacts } from "./facts.ts";
import { isReadingInScope, typesInScope } from "./in-scope.ts";
import { metrics } from "./metrics.ts";
import type { Reading } from "./reading.ts";
import { type AlertRule, calmValue, isTrue } from "./rule.ts";
import type { AlertLook } from "./step-alert.ts";

/** Whom a rule is about: a type, a datacenter, both, or neither (Tidemark itself). */
export interface Subject {
  eventType: string | null;
  datacenter: string | null;
}

/** What one rule says of one subject at the facts' instant. */
export interface Observation {
  rule: AlertRule;
  subject: Subject;
  /** null: of the subject as such, with no type. */
  type: TypeFacts | null;
  look: AlertLook;
  reading: Reading;
}

/** What a rule says of every subject that is not plainly calm. A rule that cannot be looked at says so in place of its readings. */
export function observeRule(rule: AlertRule, facts: AlertFacts): Observation[] {
  if (!rule.spec.enabled) return [];
  const metric = metrics[rule.spec.metric];
  const types = typesInScope(rule.spec, facts);
  if (metric.of !== "type") {
    return metric.read(facts, types).flatMap((reading) => observe(rule, reading, null, isAge(rule)));
  }
  return types
    .filter((type) => isLookedAt(rule, type))
    .flatMap((type) => {
      const readings = metric.read(type, facts, rule.spec);
      return readings.flatMap((reading) => observe(rule, reading, type, isAge(rule)));
    });
}

/** Does the rule look at this type with these facts? What it does not look at keeps its state. */
export function isLookedAt(rule: AlertRule, type: TypeFacts | undefined): boolean {
  if (rule.spec.metric === "volume_ratio") return type?.volumes != null;
  return !metrics[rule.spec.metric].needsHistory || type?.withHistory === true;
}

function observe(rule: AlertRule, reading: Reading, type: TypeFacts | null, age: boolean): Observation[] {
  const { spec } = rule;
  if (!isReadingInScope(spec.scope, reading)) return [];
  const { value } = reading;
  // What stands still since before the horizon is an old story told, or nobody's emergency any more.
  if (age && value !== null && value > spec.horizonSeconds) return [];
  const subject = { eventType: type?.eventType ?? null, datacenter: reading.datacenter };
  const look: AlertLook =
    value === null
      ? { kind: "no-data", why: reading.sentence() }
      : { kind: "value", value, isTrue: isTrue(value, spec) };
  return [{ rule, subject, type, look, reading }];
}

/** Its value is how long something has lasted. */
function isAge({ spec }: AlertRule): boolean {
  return spec.threshold?.unit === "seconds" && spec.metric !== "telemetry_blind";
}

/** How a subject is looked at of which its rule says nothing. */
export function calmLook({ spec }: AlertRule): AlertLook {
  return { kind: "value", value: calmValue(spec), isTrue: false };
}
