import { type AlertDecision, alertLabels, isActive, summaryOf } from "#domain/alert.ts";
import type { Severity } from "#domain/alert-rule.ts";
import {
  causeEverywhere,
  causeOfObservation,
  chooseCause,
  everywhereLate,
  isEverywhere,
  titleOf,
  worstSeverity,
} from "#domain/incident.ts";
import type { Context } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import {
  addHurtHours,
  attachAlerts,
  type HurtHour,
  type IncidentToOpen,
  loadOpenIncidents,
  openIncidents,
} from "#server/incidents/open-incidents.ts";
import { queueGroups } from "#server/notifications/queue-groups.ts";
import type { LoadedAlertFacts } from "./load-alert-facts.ts";
import type { StoredAlertRow } from "./load-known-alerts.ts";
import { sayChanges } from "./say-changes.ts";
import { type AlertToWrite, writeAlerts, writeTransitions } from "./write-alerts.ts";

interface Grouping {
  ctx: Context;
  loaded: LoadedAlertFacts;
  decisions: readonly AlertDecision[];
  /** By fingerprint: what was kept of those that were not normal. */
  rows: ReadonlyMap<string, StoredAlertRow>;
}

/** One decision on its way into the tables. */
interface Moving {
  decision: AlertDecision;
  alert: AlertToWrite;
  /** Of what fires, and of what ceases to. */
  causeKey: string | null;
}

/** Writes what was decided, in this order everywhere: alerts, incidents, hours, history. Answers how many states changed. */
export async function groupIntoIncidents(tx: Sql, { ctx, loaded, decisions, rows }: Grouping): Promise<number> {
  if (decisions.length === 0) return 0;
  const now = ctx.clock.now();
  const open = await loadOpenIncidents(tx);
  const moving = withCauses(decisions, rows, open, loaded).map(({ decision, causeKey }) => ({
    decision,
    causeKey,
    alert: toWrite(decision, rows.get(decision.fingerprint), causeKey, loaded),
  }));
  const written = await writeAlerts(
    tx,
    moving.map(({ alert }) => alert),
    now,
  );
  const moved = moving.filter(({ alert }) => written.has(alert.fingerprint));
  const incidents = await openIncidents(tx, incidentsToOpen(moved, loaded, open), now);
  const ids = new Map([...open].map(([causeKey, { id }]) => [causeKey, id]));
  for (const { id, causeKey } of incidents) ids.set(causeKey, id);
  const incidentOf = ({ causeKey }: Moving) => (causeKey === null ? null : (ids.get(causeKey) ?? null));
  await attachAlerts(
    tx,
    moved.flatMap((each) => {
      const incidentId = incidentOf(each);
      const before = rows.get(each.alert.fingerprint)?.incidentId ?? null;
      return incidentId !== null && incidentId !== before && isActive(each.alert.next)
        ? { fingerprint: each.alert.fingerprint, incidentId }
        : [];
    }),
  );
  const hurt = await addHurtHours(tx, hoursOf(moved, incidentOf, loaded), now);
  const changes = moved.filter(({ decision }) => decision.step.changed);
  await writeTransitions(
    tx,
    changes.map((each) => ({ ...each.alert, incidentId: incidentOf(each) })),
    now,
  );
  await sayChanges(tx, {
    now,
    opened: incidents.filter(({ isNew }) => isNew).map(({ id }) => id),
    hurt,
    changes: changes.flatMap((each) => {
      const incidentId = incidentOf(each);
      return incidentId === null
        ? []
        : { incidentId, alert: each.alert, sentence: each.alert.annotations.summary ?? "" };
    }),
  });
  // Last, once for all: groups are told of what the transaction made of their alerts.
  await queueGroups(tx, { clock: ctx.clock, alerts: changes.filter(isTold).map(({ alert }) => changedAlert(alert)) });
  return changes.length;
}

/** It begins or ceases to fire; that it is kept for a while is nobody's news. */
function isTold({ decision: { before, step } }: Moving): boolean {
  return isActive(before) !== isActive(step.next);
}

function changedAlert({ fingerprint, labels, next }: AlertToWrite) {
  return { fingerprint, labels, state: next.state };
}

/** Alerts that name a datacenter choose first: what concerns a whole type then finds its cause among theirs. */
function withCauses(
  decisions: readonly AlertDecision[],
  rows: ReadonlyMap<string, StoredAlertRow>,
  known: ReadonlyMap<string, unknown>,
  { facts }: LoadedAlertFacts,
): { decision: AlertDecision; causeKey: string | null }[] {
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

function toWrite(
  decision: AlertDecision,
  row: StoredAlertRow | undefined,
  causeKey: string | null,
  { facts, typeIds, datacenterIds }: LoadedAlertFacts,
): AlertToWrite {
  const { fingerprint, ruleName, rule, subject, observation, step, before } = decision;
  const type = observation?.type ?? facts.types.find(({ eventType }) => eventType === subject.eventType) ?? null;
  const labels = rule ? alertLabels(rule, subject, type, causeKey) : (row?.labels ?? { alertname: ruleName });
  const { description = null, runbook = null } = rule?.spec ?? {};
  const said = observation && {
    summary: summaryOf(observation),
    ...(description === null ? {} : { description }),
    ...(runbook === null ? {} : { runbook }),
  };
  return {
    fingerprint,
    rule: ruleName,
    labels,
    annotations: said ?? {},
    severity: rule?.spec.severity ?? ((row?.labels.severity ?? "info") as Severity),
    eventTypeId: subject.eventType === null ? null : (typeIds.get(subject.eventType) ?? null),
    datacenterId: subject.datacenter === null ? null : (datacenterIds.get(subject.datacenter) ?? null),
    from: before.state,
    readAt: row?.evaluatedAt ?? null,
    next: step.next,
    reason: step.reason,
  };
}

/** One for each cause of what fires: new, worse than it was, or joined by an alert. */
function incidentsToOpen(
  moved: readonly Moving[],
  { facts }: LoadedAlertFacts,
  open: ReadonlyMap<string, { severity: Severity }>,
): IncidentToOpen[] {
  const firing = moved.filter(
    ({ alert, decision, causeKey }) =>
      alert.next.state === "firing" && (decision.step.changed || !open.has(causeKey ?? "")),
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

/** Of an alert that fires again before anything is said of it. */
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

function hoursOf(
  moved: readonly Moving[],
  incidentOf: (each: Moving) => bigint | null,
  { typeIds }: LoadedAlertFacts,
): HurtHour[] {
  return moved.flatMap((each) => {
    const incidentId = incidentOf(each);
    const { observation, subject } = each.decision;
    const eventTypeId = subject.eventType === null ? undefined : typeIds.get(subject.eventType);
    if (incidentId === null || !observation || eventTypeId === undefined || each.alert.next.state !== "firing")
      return [];
    return observation.reading.hours.map((hour) => ({ incidentId, eventTypeId, hour }));
  });
}
