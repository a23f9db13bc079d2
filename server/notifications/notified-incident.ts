import { type Severity, severities } from "#domain/alert-rule.ts";
import type { SituationJson } from "#domain/api/situation.ts";
import type { NotifiedIncident } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";

export interface IncidentRow {
  id: bigint;
  causeKey: string;
  state: string;
  severity: string;
  acknowledgedBy: string | null;
  situation: SituationJson;
  snoozedUntil: Date | null;
  snoozedSeverity: string | null;
}

/** Incidents' data for messages, by id. */
export async function loadIncidents(tx: Sql, ids: readonly bigint[]): Promise<Map<bigint, IncidentRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await tx.query<IncidentRow>(
    `SELECT id, cause_key AS "causeKey", state, severity, acknowledged_by AS "acknowledgedBy", situation,
            snoozed_until AS "snoozedUntil", snoozed_severity AS "snoozedSeverity"
       FROM incident WHERE id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function loadIncident(tx: Sql, id: bigint): Promise<NotifiedIncident | null> {
  const row = (await loadIncidents(tx, [id])).get(id);
  return row ? toNotified(row) : null;
}

/** Whether its notifications pause. Not once it is more severe than when it was snoozed. */
export function isSnoozed(
  { snoozedUntil, snoozedSeverity, severity }: Pick<IncidentRow, "snoozedUntil" | "snoozedSeverity" | "severity">,
  now: Date,
): boolean {
  if (snoozedUntil === null || snoozedUntil <= now) return false;
  return severityRank(severity) >= severityRank(snoozedSeverity ?? severity);
}

function severityRank(severity: string): number {
  return severities.indexOf(severity as Severity);
}

/** As it stands: what a message says of it is what every screen says at that moment. */
export function toNotified({ id, state, severity, acknowledgedBy, situation }: IncidentRow): NotifiedIncident {
  const { affected = 0, final = 0, accepted = 0 } = situation.extent.hours ?? {};
  return {
    id: String(id),
    title: situation.title,
    state,
    severity,
    since: situation.onset.at,
    acknowledgedBy,
    cause: situation.cause.sentence,
    hours: { affected, recovered: final + accepted },
    situation,
  };
}
