import { type AlertDecision, alertLabels, isActive, runbookOf, summaryOf } from "#domain/alert.ts";
import type { Severity } from "#domain/alert-rule.ts";
import type { Context } from "#server/access/index.ts";
import {
  type AlertToWrite,
  type LoadedAlertFacts,
  type StoredAlertRow,
  writeAlerts,
  writeTransitions,
} from "#server/alerts/index.ts";
import type { Sql } from "#server/db/database.ts";
import { chooseCauses, type DecisionWithCause } from "./choose-causes.ts";
import { incidentsToOpen } from "./incidents-to-open.ts";
import type { ChangedAlert, IncidentListener } from "./listener.ts";
import {
  type AffectedHour,
  addAffectedHours,
  attachAlerts,
  type IncidentToOpen,
  loadOpenIncidents,
  type OpenedIncident,
  openIncidents,
} from "./open-incidents.ts";
import { openSituations } from "./open-situations.ts";
import { recordTransitions } from "./record-transitions.ts";

interface Grouping {
  ctx: Context;
  listener: IncidentListener;
  loaded: LoadedAlertFacts;
  decisions: readonly AlertDecision[];
  /** By fingerprint: stored rows of alerts that were not normal. */
  rows: ReadonlyMap<string, StoredAlertRow>;
}

/** One decision, before it is written. */
interface Moving extends DecisionWithCause {
  alert: AlertToWrite;
}

/** The same with its cause's incident, which exists by now. */
interface Grouped extends Moving {
  incidentId: bigint;
}

/** Writes the decisions, always in this order: alerts, incidents, hours, history. Returns how many states changed. */
export async function groupIntoIncidents(
  tx: Sql,
  { ctx, listener, loaded, decisions, rows }: Grouping,
): Promise<number> {
  if (decisions.length === 0) return 0;
  const now = ctx.clock.now();
  const open = await loadOpenIncidents(tx);
  const moving = chooseCauses(decisions, rows, open, loaded).map((chosen): Moving => {
    const alert = toWrite(chosen, rows.get(chosen.decision.fingerprint), loaded);
    return { ...chosen, alert };
  });
  const moved = await write(tx, moving, now);
  const toOpen = incidentsToOpen(moved, loaded, open);
  const incidents = await openIncidents(tx, toOpen, now);
  const ids = new Map([...open].map(([causeKey, { id }]) => [causeKey, id]));
  for (const { id, causeKey } of incidents) ids.set(causeKey, id);
  const incidentOf = ({ causeKey }: Moving) => (causeKey === null ? undefined : ids.get(causeKey));
  const grouped = moved.flatMap((each): Grouped[] => {
    const incidentId = incidentOf(each);
    return incidentId === undefined ? [] : [{ ...each, incidentId }];
  });
  const joining = grouped.filter((each) => joins(each, rows));
  const members = joining.map(({ alert: { fingerprint }, incidentId }) => ({ fingerprint, incidentId }));
  await attachAlerts(tx, members, now);
  const affected = await addAffectedHours(tx, hoursOf(grouped, loaded), now);
  const opened = openedBy(incidents, toOpen);
  await openSituations(tx, opened, { clock: ctx.clock, listener });
  const changes = moved.filter(hasChanged);
  const transitions = changes.map((each) => ({ ...each.alert, incidentId: incidentOf(each) ?? null }));
  await writeTransitions(tx, transitions, now);
  await recordTransitions(tx, {
    now,
    opened: [...opened.keys()],
    affected,
    changes: grouped
      .filter(hasChanged)
      .map(({ alert, incidentId }) => ({ incidentId, alert, sentence: alert.annotations.summary ?? "" })),
  });
  // Last and once for all, so that listeners see the transaction's final state.
  const alerts = changes.filter(isShown).map(({ alert }) => changedAlert(alert));
  await listener.alertsChanged(tx, { clock: ctx.clock, alerts });
  return changes.length;
}

/** The new ones, with what they were opened for. */
function openedBy(
  incidents: readonly OpenedIncident[],
  toOpen: readonly IncidentToOpen[],
): Map<bigint, IncidentToOpen> {
  const byCause = new Map(toOpen.map((each) => [each.causeKey, each]));
  return new Map(
    incidents.flatMap(({ id, causeKey, isNew }) => {
      const first = byCause.get(causeKey);
      return isNew && first ? [[id, first] as const] : [];
    }),
  );
}

/** Those not changed meanwhile. */
async function write(tx: Sql, moving: readonly Moving[], now: Date): Promise<Moving[]> {
  const alerts = moving.map(({ alert }) => alert);
  const written = await writeAlerts(tx, alerts, now);
  return moving.filter(({ alert }) => written.has(alert.fingerprint));
}

function hasChanged({ decision }: Moving): boolean {
  return decision.step.changed;
}

/** It fires, and had no incident or another. */
function joins({ alert, incidentId }: Grouped, rows: ReadonlyMap<string, StoredAlertRow>): boolean {
  return isActive(alert.next) && rows.get(alert.fingerprint)?.incidentId !== incidentId;
}

/** It starts or stops firing; being kept firing for a while is not notified. */
function isShown({ decision: { before, step } }: Moving): boolean {
  return isActive(before) !== isActive(step.next);
}

function changedAlert({ fingerprint, labels, next }: AlertToWrite): ChangedAlert {
  return { fingerprint, labels, state: next.state };
}

function toWrite(
  { decision, causeKey }: DecisionWithCause,
  row: StoredAlertRow | undefined,
  { facts, typeIds, datacenterIds }: LoadedAlertFacts,
): AlertToWrite {
  const { fingerprint, ruleName, rule, subject, observation, step, before } = decision;
  const type = observation?.type ?? facts.types.find(({ eventType }) => eventType === subject.eventType) ?? null;
  const labels = rule ? alertLabels(rule, subject, type, causeKey) : (row?.labels ?? { alertname: ruleName });
  const description = rule?.spec.description ?? null;
  const said = observation && {
    summary: summaryOf(observation),
    ...(description === null ? {} : { description }),
    ...(rule === null ? {} : { runbook_url: runbookOf(rule.spec) }),
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

function hoursOf(grouped: readonly Grouped[], { typeIds }: LoadedAlertFacts): AffectedHour[] {
  return grouped.flatMap(({ decision: { observation, subject }, alert, incidentId }) => {
    const eventTypeId = subject.eventType === null ? undefined : typeIds.get(subject.eventType);
    if (!observation || eventTypeId === undefined || alert.next.state !== "firing") return [];
    return observation.reading.hours.map((hour) => ({ incidentId, eventTypeId, hour }));
  });
}
