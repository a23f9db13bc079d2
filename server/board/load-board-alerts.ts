import { type Severity, severities } from "#domain/alert-rule.ts";
import type { BoardAlertJson, BoardIncidentJson } from "#domain/api/board.ts";
import type { SituationJson } from "#domain/api/situation.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Labels } from "#domain/routing.ts";
import { asReadAt } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { findShownMuteReason } from "#server/notifications/index.ts";

interface IncidentNow {
  id: bigint;
  severity: Severity;
  acknowledged: boolean;
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
  situation: SituationJson;
  /** Types with an affected hour not yet recovered. */
  affected: number[];
  /** Its firing alerts, by type; null: a datacenter's, or Tidemark's own. */
  firing: { eventTypeId: number | null; labels: Labels }[];
}

const namedConsumers = 5;
const severityOrder: readonly Severity[] = severities;

/** Open incidents. */
export interface BoardAlerts {
  /** Type id → incidents with a firing alert of the type, or an affected hour of it. */
  byType: ReadonlyMap<number, BoardAlertJson[]>;
  /** Datacenter → incidents with a firing alert of the datacenter itself. */
  byDatacenter: ReadonlyMap<string, BoardAlertJson[]>;
  /** The most urgent first. */
  incidents: BoardIncidentJson[];
}

/** One row per incident, with all its types. */
export async function loadBoardAlerts(sql: Sql, now: Date): Promise<BoardAlerts> {
  const { rows } = await sql.query<IncidentNow>(
    `SELECT i.id, i.severity, i.state = 'acknowledged' AS acknowledged, i.acknowledged_by AS "acknowledgedBy",
            i.acknowledged_at AS "acknowledgedAt", i.situation,
            coalesce((SELECT array_agg(DISTINCT h.event_type_id) FROM incident_hour h
                       WHERE h.incident_id = i.id AND h.recovered_at IS NULL), '{}') AS affected,
            coalesce((SELECT jsonb_agg(jsonb_build_object('eventTypeId', a.event_type_id, 'labels', a.labels)) FROM alert a
                       WHERE a.incident_id = i.id AND a.state IN ('firing', 'recovering')), '[]') AS firing
       FROM incident i WHERE i.state <> 'resolved'`,
  );
  const byType = new Map<number, BoardAlertJson[]>();
  const byDatacenter = new Map<string, BoardAlertJson[]>();
  if (rows.length === 0) return { byType, byDatacenter, incidents: [] };
  const mute = await findShownMuteReason(sql, now);
  for (const incident of rows) {
    const { id, severity, situation, acknowledged } = incident;
    const alert = { incidentId: String(id), severity, since: situation.onset.at, acknowledged };
    for (const [type, muted] of mutedTypes(incident, mute)) append(byType, type, { ...alert, muted });
    for (const [name, muted] of mutedDatacenters(incident, mute)) append(byDatacenter, name, { ...alert, muted });
  }
  return { byType, byDatacenter, incidents: rows.map((row) => toBoardIncident(row, now)).sort(mostUrgentFirst) };
}

function toBoardIncident({ situation, firing, ...incident }: IncidentNow, now: Date): BoardIncidentJson {
  const { id, severity, acknowledgedBy, acknowledgedAt } = incident;
  const { title, phase, phaseSince, onset, deployed, recovery, muted, sentence, cause, extent, impact } = asReadAt(
    situation,
    now,
  );
  return {
    id: String(id),
    severity,
    acknowledgedBy,
    acknowledgedAt: acknowledgedAt && formatInstant(acknowledgedAt),
    firingAlerts: firing.length,
    ...{ title, phase, phaseSince, onset, deployed, recovery, muted, sentence },
    cause: { code: cause.code, sentence: cause.sentence },
    datacenters: extent.datacenters,
    stage: extent.stage,
    eventTypeCount: extent.eventTypeCount,
    consumers: impact.consumers.slice(0, namedConsumers).map(({ name }) => name),
    consumerCount: impact.consumerCount,
  };
}

/** By severity, then by how many types it touches, then the oldest. */
function mostUrgentFirst(a: BoardIncidentJson, b: BoardIncidentJson): number {
  return (
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
    b.eventTypeCount - a.eventTypeCount ||
    Date.parse(a.onset.at) - Date.parse(b.onset.at)
  );
}

function append<Key>(lists: Map<Key, BoardAlertJson[]>, key: Key, alert: BoardAlertJson): void {
  const list = lists.get(key);
  if (list) list.push(alert);
  else lists.set(key, [alert]);
}

/** Unmuted before muted, then by severity, then unacknowledged first, then oldest first. Each incident once. */
export function rankAlerts(alerts: readonly BoardAlertJson[]): BoardAlertJson[] {
  const once = new Map(alerts.toReversed().map((alert) => [alert.incidentId, alert]));
  return [...once.values()].sort(
    (a, b) =>
      Number(a.muted !== null) - Number(b.muted !== null) ||
      severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
      Number(a.acknowledged) - Number(b.acknowledged) ||
      Date.parse(a.since) - Date.parse(b.since) ||
      Number(a.incidentId) - Number(b.incidentId),
  );
}

type Muted = BoardAlertJson["muted"];

/** A type's own alerts decide whether it is muted; without any, all of the incident's do. */
function mutedTypes(
  { affected, firing }: IncidentNow,
  mute: (alert: { labels: Labels }) => Muted,
): ReadonlyMap<number, Muted> {
  const muted = firing.map(({ eventTypeId: type, labels }) => ({ type, why: mute({ labels }) }));
  const ofAll = muteOf(muted.map(({ why }) => why));
  const own = Map.groupBy(muted, ({ type }) => type);
  const types = new Set([...affected, ...firing.flatMap(({ eventTypeId }) => eventTypeId ?? [])]);
  const mutedNow = (type: number) => {
    const alerts = own.get(type);
    return alerts ? muteOf(alerts.map(({ why }) => why)) : ofAll;
  };
  return new Map([...types].map((type) => [type, mutedNow(type)]));
}

function mutedDatacenters(
  { firing }: IncidentNow,
  mute: (alert: { labels: Labels }) => Muted,
): ReadonlyMap<string, Muted> {
  const own = firing.flatMap(({ eventTypeId, labels }) =>
    eventTypeId === null && labels.datacenter !== undefined ? [{ name: labels.datacenter, why: mute({ labels }) }] : [],
  );
  const grouped = Map.groupBy(own, ({ name }) => name);
  return new Map([...grouped].map(([name, alerts]) => [name, muteOf(alerts.map(({ why }) => why))]));
}

/** One unmuted alert is enough. Of several reasons a silence is shown: a person made it. */
function muteOf(reasons: readonly Muted[]): Muted {
  if (reasons.length === 0 || reasons.includes(null)) return null;
  return reasons.includes("silenced") ? "silenced" : "inhibited";
}
