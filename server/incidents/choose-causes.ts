import { type AlertDecision, isActive } from "#domain/alert.ts";
import { chooseCause, everywhereLate, isEverywhere } from "#domain/incident.ts";
import type { LoadedAlertFacts, StoredAlertRow } from "#server/alerts/index.ts";

export interface DecisionWithCause {
  decision: AlertDecision;
  /** null: it neither fires nor ceases to. */
  causeKey: string | null;
}

/**
 * The cause that each alert fires under, or ceased to. Alerts that name a datacenter choose first: what concerns a whole type then
 * finds its cause among theirs.
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
      // An alert stays with the cause that it fired under for as long as its incident is open.
      if (before !== null && open.has(before)) return { decision, causeKey: before };
      const culprits = decision.observation?.reading.culprits ?? [];
      const causeKey = chooseCause(culprits, decision.subject.eventType, open);
      open.add(causeKey);
      return { decision, causeKey };
    });
  const datacenters = facts.datacenters.map(({ name }) => name);
  if (!isEverywhere(open, datacenters)) return chosen;
  // Incidents that are open already keep what they have; what would open more of them meets in one.
  const isNewDelay = (key: string) => key.endsWith("/late") && !known.has(key);
  return chosen.map(({ decision, causeKey }) => ({
    decision,
    causeKey: causeKey !== null && isNewDelay(causeKey) ? everywhereLate : causeKey,
  }));
}
