import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import { type WithDates, writeDates } from "#domain/api/shared.ts";
import { formatInstant } from "#domain/instant.ts";
import { asReadAt } from "#domain/situation.ts";

type Derived = "id" | "cause" | "since" | "affectedHours" | "recoveredHours" | "eventTypeCount";
export type IncidentRow = WithDates<
  Omit<IncidentSummaryJson, Derived>,
  "openedAt" | "acknowledgedAt" | "snoozedUntil" | "resolvedAt" | "changedAt"
> & { id: bigint };

export const incidentColumns = `
  i.id, i.cause_key AS "causeKey", i.title, i.severity, i.state, i.situation,
  i.situation_revision AS "situationRevision", i.opened_at AS "openedAt",
  i.acknowledged_at AS "acknowledgedAt", i.acknowledged_by AS "acknowledgedBy", i.assignee,
  i.snoozed_until AS "snoozedUntil", i.snoozed_by AS "snoozedBy",
  i.resolved_at AS "resolvedAt", i.resolved_by AS "resolvedBy", i.changed_at AS "changedAt",
  alerts.firing AS "firingAlerts", alerts.total AS "alertCount"`;

/** For `incident i`. An alert that fires again for another incident is still counted. */
export const incidentCounts = `
  CROSS JOIN LATERAL (
    SELECT (SELECT count(*)::int FROM alert a WHERE a.incident_id = i.id AND a.state IN ('firing', 'recovering')) AS firing,
           (SELECT count(*)::int FROM incident_alert m WHERE m.incident_id = i.id) AS total) alerts`;

/** As it is read at the instant; null: kept by its reader. */
export function toIncidentJson({ id, situation: kept, ...row }: IncidentRow, now: Date | null): IncidentSummaryJson {
  const situation = asReadAt(kept, now);
  const { onset, cause, extent } = situation;
  const { affected = 0, final = 0, accepted = 0 } = extent.hours ?? {};
  return {
    ...writeDates(row, ["openedAt", "acknowledgedAt", "resolvedAt", "changedAt"]),
    situation,
    id: String(id),
    cause: {
      ...cause,
      evidence: cause.evidence.map(({ fact, asOf, figure, unit }) => ({ fact, at: asOf, figure, unit })),
      since: onset.at,
    },
    snoozedUntil: row.snoozedUntil && row.state !== "resolved" ? formatInstant(row.snoozedUntil) : null,
    snoozedBy: row.state === "resolved" ? null : row.snoozedBy,
    since: onset.at,
    affectedHours: affected,
    recoveredHours: final + accepted,
    eventTypeCount: extent.eventTypeCount,
  };
}
