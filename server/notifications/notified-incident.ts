import type { NotifiedIncident } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";

export interface IncidentRow {
  id: bigint;
  causeKey: string;
  title: string;
  state: string;
  severity: string;
  since: Date;
  acknowledgedBy: string | null;
  message: string | null;
  affected: number;
  recovered: number;
}

/** Incidents' data for messages, by id. */
export async function loadIncidents(tx: Sql, ids: readonly bigint[]): Promise<Map<bigint, IncidentRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await tx.query<IncidentRow>(
    `SELECT incident.id, cause_key AS "causeKey", title, state, severity, since, acknowledged_by AS "acknowledgedBy",
            cause->>'sentence' AS message,
            (SELECT count(*)::int FROM incident_hour WHERE incident_id = incident.id) AS affected,
            (SELECT count(recovered_at)::int FROM incident_hour WHERE incident_id = incident.id) AS recovered
       FROM incident
      WHERE id = ANY($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function loadIncident(tx: Sql, id: bigint): Promise<NotifiedIncident | null> {
  const row = (await loadIncidents(tx, [id])).get(id);
  return row ? toNotified(row) : null;
}

export function toNotified(row: IncidentRow): NotifiedIncident {
  return {
    id: String(row.id),
    title: row.title,
    state: row.state,
    severity: row.severity,
    since: row.since.toISOString(),
    acknowledgedBy: row.acknowledgedBy,
    cause: row.message ?? "",
    hours: { affected: row.affected, recovered: row.recovered },
  };
}
