import { type AlertDecision, isActive } from "#domain/alert.ts";
import { chooseCause, everywhereLate, isEverywhere } from "#domain/incident.ts";
import type { LoadedAlertFacts, StoredAlertRow } from "#server/alerts/index.ts";

export interface DecisionWithCause {
  decision: AlertDecision;
  /** null: it neither fires nor resolves. */
  causeKey: string | null;
}

/**
 * The cause for each alert that fires or resolves. Alerts with a datacenter choose first, so that alerts about a whole type
 * can join their causes.
 */
export function chooseCauses(
  decisions: readonly AlertDecision[],
  rows: ReadonlyMap<string, StoredAlertRow>,
  known: ReadonlyMap<string, unknown>,
  { facts }: LoadedAlertFacts,
): DecisionWithCause[] {
  const open = new Set(known.keys());
  const named = ({ subject }: AlertDecision) => (subject.datacenter === null && subject.eventType !== null ? 1 : 0);
  const chosen = decisions
    .toSorted((a, b) => named(a) - named(b))
    .map((decision) => {
      const before = rows.get(decision.fingerprint)?.labels.cause ?? null;
      const { next } = decision.step;
      if (!isActive(next)) return { decision, causeKey: isActive(decision.before) ? before : null };
      // An alert keeps its cause for as long as that incident is open.
      if (before !== null && open.has(before)) return { decision, causeKey: before };
      const culprits = decision.observation?.reading.culprits ?? [];
      const causeKey = chooseCause(culprits, decision.subject.eventType, open);
      open.add(causeKey);
      return { decision, causeKey };
    });
  const datacenters = facts.datacenters.map(({ name }) => name);
  if (!isEverywhere(open, datacenters)) return chosen;
  // Open incidents keep their alerts; alerts that would open several new ones share one.
  const isNewDelay = (key: string) => key.endsWith("/late") && !known.has(key);
  return chosen.map(({ decision, causeKey }) => ({
    decision,
    causeKey: causeKey !== null && isNewDelay(causeKey) ? everywhereLate : causeKey,
  }));
}
