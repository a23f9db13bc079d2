import type { Severity } from "#domain/alert-rule.ts";
import { causeEverywhere, causeOfObservation, everywhereLate, titleOf, worstSeverity } from "#domain/incident.ts";
import type { LoadedAlertFacts } from "#server/alerts/index.ts";
import type { DecisionWithCause } from "./choose-causes.ts";
import type { IncidentToOpen } from "./open-incidents.ts";

/** One per cause of firing alerts: new, more severe, or joined by an alert. */
export function incidentsToOpen(
  moved: readonly (DecisionWithCause & { alert: { severity: Severity } })[],
  { facts }: LoadedAlertFacts,
  open: ReadonlyMap<string, { severity: Severity }>,
): IncidentToOpen[] {
  const firing = moved.filter(
    ({ decision: { step }, causeKey }) => step.next.state === "firing" && (step.changed || !open.has(causeKey ?? "")),
  );
  const groups = Map.groupBy(
    firing.filter(({ causeKey }) => causeKey !== null),
    ({ causeKey }) => causeKey as string,
  );
  return [...groups].map(([causeKey, members]) => {
    const causes = members.flatMap(({ decision }) =>
      decision.observation ? causeOfObservation(decision.observation, facts) : [],
    );
    const [strongest = unnamed] = causes.toSorted((a, b) => b.score - a.score);
    const names = facts.datacenters.map(({ name }) => name);
    const cause = causeKey === everywhereLate ? causeEverywhere(strongest, names) : strongest;
    const known = open.get(causeKey)?.severity;
    const severity = worstSeverity([...members.map(({ alert }) => alert.severity), ...(known ? [known] : [])]);
    const sinceMs = Math.min(facts.now.getTime(), ...causes.flatMap(({ since }) => since?.getTime() ?? []));
    return { causeKey, cause, title: titleOf(cause, causeKey), severity, since: new Date(sinceMs) };
  });
}

/** For an alert that fires again without an observation. */
const unnamed = {
  code: "datacenter_behind" as const,
  datacenter: null,
  stage: null,
  since: null,
  component: null,
  instance: null,
  version: null,
  deploymentId: null,
  score: 0,
  sentence: "An alert fires again.",
  evidence: [],
};
