import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import type { CauseJson } from "#domain/api/explanation.ts";
import { formatInstant } from "#domain/instant.ts";

export interface IncidentRow {
  id: bigint;
  causeKey: string;
  title: string;
  severity: IncidentSummaryJson["severity"];
  state: IncidentSummaryJson["state"];
  /** From JSON: instants are strings with milliseconds. */
  cause: CauseJson;
  since: Date;
  openedAt: Date;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  assignee: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  changedAt: Date;
  firingAlerts: number;
  alertCount: number;
  affectedHours: number;
  recoveredHours: number;
  eventTypeCount: number;
}

export const incidentColumns = `
  i.id, i.cause_key AS "causeKey", i.title, i.severity, i.state, i.cause, i.since, i.opened_at AS "openedAt",
  i.acknowledged_at AS "acknowledgedAt", i.acknowledged_by AS "acknowledgedBy", i.assignee,
  i.resolved_at AS "resolvedAt", i.resolved_by AS "resolvedBy", i.changed_at AS "changedAt",
  alerts.firing AS "firingAlerts", alerts.total AS "alertCount", hours.affected AS "affectedHours", hours.recovered AS "recoveredHours",
  hours.types AS "eventTypeCount"`;

/** For `incident i`. An alert that later fired for another incident is still counted, from its history. */
export const incidentCounts = `
  CROSS JOIN LATERAL (
    SELECT (SELECT count(*)::int FROM alert a WHERE a.incident_id = i.id AND a.state IN ('firing', 'recovering')) AS firing,
           (SELECT count(*)::int FROM alert a WHERE a.incident_id = i.id) AS total) alerts
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS affected, count(h.recovered_at)::int AS recovered, count(DISTINCT h.event_type_id)::int AS types
      FROM incident_hour h WHERE h.incident_id = i.id) hours`;

export function toIncidentJson({ id, cause, ...row }: IncidentRow): IncidentSummaryJson {
  return {
    ...row,
    id: String(id),
    cause: {
      ...cause,
      evidence: cause.evidence.map((item) => ({ ...item, at: item.at && shorten(item.at) })),
      since: cause.since && shorten(cause.since),
    },
    since: formatInstant(row.since),
    openedAt: formatInstant(row.openedAt),
    acknowledgedAt: row.acknowledgedAt && formatInstant(row.acknowledgedAt),
    resolvedAt: row.resolvedAt && formatInstant(row.resolvedAt),
    changedAt: formatInstant(row.changedAt),
  };
}

function shorten(instant: string): string {
  return formatInstant(new Date(instant));
}
