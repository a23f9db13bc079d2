import { hourEnd } from "../hour.ts";
import type { AlertFacts, TypeFacts } from "./facts.ts";
import type { AlertRuleSpec, RuleScope } from "./parse-alert-rule.ts";
import type { Reading } from "./reading.ts";

/** The types in a rule's scope, without hours that are beyond its horizon or ended before they were expected. */
export function typesInScope({ scope, horizonSeconds }: AlertRuleSpec, { types, now }: AlertFacts): TypeFacts[] {
  const oldestMs = now.getTime() - horizonSeconds * 1000;
  return types
    .filter((type) => isTypeInScope(scope, type))
    .map((type) => {
      // Hours are oldest first: if the first is within the horizon, all are.
      const [oldest] = type.hours;
      const fromMs = Math.max(oldestMs, type.watchedFrom.getTime());
      if (!oldest || hourEnd(oldest.hour).getTime() >= fromMs) return type;
      return { ...type, hours: type.hours.filter(({ hour }) => hourEnd(hour).getTime() >= fromMs) };
    });
}

export function isTypeInScope(
  { tier, eventType, owner, consumer, labels }: RuleScope,
  type: Pick<TypeFacts, "tier" | "eventType" | "owner" | "consumers" | "labels">,
): boolean {
  return (
    names(tier, type.tier) &&
    names(eventType, type.eventType) &&
    names(owner, type.owner) &&
    (consumer === null || type.consumers.some((name) => consumer.includes(name))) &&
    Object.entries(labels).every(([label, values]) => values.includes(type.labels[label] ?? ""))
  );
}

/** A reading of a datacenter in scope, or of a whole type when a datacenter in scope may be the cause. */
export function isReadingInScope({ datacenter }: RuleScope, reading: Reading): boolean {
  if (datacenter === null) return true;
  if (reading.datacenter !== null) return datacenter.includes(reading.datacenter);
  return reading.culprits.some((culprit) => culprit.datacenter !== null && datacenter.includes(culprit.datacenter));
}

function names(wanted: readonly string[] | null, name: string): boolean {
  return wanted === null || wanted.includes(name);
}
