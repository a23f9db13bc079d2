import type { AlertFacts, TypeFacts } from "./facts.ts";
import { isReadingInScope, typesInScope } from "./in-scope.ts";
import { metrics } from "./metrics.ts";
import type { Reading } from "./reading.ts";
import { type AlertRule, calmValue, isTrue } from "./rule.ts";
import type { AlertLook } from "./step-alert.ts";

/** A rule's subject: a type, a datacenter, both, or neither (Tidemark itself). */
export interface Subject {
  eventType: string | null;
  datacenter: string | null;
}

/** One rule's observation of one subject at the facts' instant. */
export interface Observation {
  rule: AlertRule;
  subject: Subject;
  /** null: the subject as such, without a type. */
  type: TypeFacts | null;
  look: AlertLook;
  reading: Reading;
}

/**
 * A rule's observations of every subject that is not plainly normal. A rule that cannot be evaluated returns its error instead of
 * readings.
 */
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

/** Does the rule evaluate this type with these facts? Types that it does not evaluate keep their state. */
export function isLookedAt(rule: AlertRule, type: TypeFacts | undefined): boolean {
  const { needs } = metrics[rule.spec.metric];
  if (needs === "volumes") return type?.volumes != null;
  return needs === null || type?.withHistory === true;
}

function observe(rule: AlertRule, reading: Reading, type: TypeFacts | null, age: boolean): Observation[] {
  const { spec } = rule;
  if (!isReadingInScope(spec.scope, reading)) return [];
  const { value } = reading;
  // What has stood still since before the horizon was alerted on long ago, or is no longer urgent.
  if (age && value !== null && value > spec.horizonSeconds) return [];
  const subject = { eventType: type?.eventType ?? null, datacenter: reading.datacenter };
  const look: AlertLook =
    value === null
      ? { kind: "no-data", why: reading.sentence() }
      : { kind: "value", value, isTrue: isTrue(value, spec) };
  return [{ rule, subject, type, look, reading }];
}

/** Its value is how long something has lasted, in the fleet: that Tidemark itself receives nothing is always urgent. */
function isAge({ spec }: AlertRule): boolean {
  return spec.threshold?.unit === "seconds" && metrics[spec.metric].of !== "tidemark";
}

/** The observation for a subject that the rule has no reading for. */
export function calmLook({ spec }: AlertRule): AlertLook {
  return { kind: "value", value: calmValue(spec), isTrue: false };
}
