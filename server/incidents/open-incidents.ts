import type { Severity } from "#domain/alert-rule.ts";
import type { Cause } from "#domain/explain.ts";
import type { Sql } from "#server/db/database.ts";

export interface IncidentToOpen {
  causeKey: string;
  cause: Cause;
  title: string;
  severity: Severity;
  since: Date;
}

export interface OpenedIncident {
  id: bigint;
  causeKey: string;
  /** False: it was already open and is joined. */
  isNew: boolean;
}

/** Unresolved incidents by cause. */
export async function loadOpenIncidents(sql: Sql): Promise<Map<string, { id: bigint; severity: Severity }>> {
  const { rows } = await sql.query<{ id: bigint; causeKey: string; severity: Severity }>(
    `SELECT id, cause_key AS "causeKey", severity FROM incident WHERE state <> 'resolved'`,
  );
  return new Map(rows.map(({ causeKey, ...incident }) => [causeKey, incident]));
}

/** Opens an incident for each cause, or joins the open one; their rows are locked until the transaction ends. */
export async function openIncidents(tx: Sql, causes: readonly IncidentToOpen[], now: Date): Promise<OpenedIncident[]> {
  if (causes.length === 0) return [];
  const { rows } = await tx.query<OpenedIncident>(
    `INSERT INTO incident AS old (cause_key, cause, title, severity, state, since, opened_at, changed_at)
     SELECT cause_key, cause, title, severity, 'open', least(since, $6), $6, $6
       FROM unnest($1::text[], $2::jsonb[], $3::text[], $4::text[], $5::timestamptz[]) AS n(cause_key, cause, title, severity, since)
      -- in the order of causes, so that two who open the same ones queue and do not deadlock
      ORDER BY cause_key
     -- two evaluators that see the same cause open one incident: the second waits here, and joins the first's
     ON CONFLICT (cause_key) WHERE state <> 'resolved' DO UPDATE SET
       since = least(old.since, excluded.since), changed_at = excluded.changed_at,
       severity = CASE WHEN array_position(ARRAY['page', 'ticket', 'info'], excluded.severity)
                          < array_position(ARRAY['page', 'ticket', 'info'], old.severity)
                       THEN excluded.severity ELSE old.severity END
     RETURNING id, cause_key AS "causeKey", xmax = 0 AS "isNew"`,
    [
      causes.map(({ causeKey }) => causeKey),
      causes.map(({ cause }) => JSON.stringify(cause)),
      causes.map(({ title }) => title),
      causes.map(({ severity }) => severity),
      causes.map(({ since }) => since),
      now,
    ],
  );
  return rows;
}

/** Assigns alerts to their incidents. The caller holds both rows' locks. */
export async function attachAlerts(
  tx: Sql,
  alerts: readonly { fingerprint: string; incidentId: bigint }[],
): Promise<void> {
  if (alerts.length === 0) return;
  await tx.query(
    `UPDATE alert a SET incident_id = n.incident_id FROM unnest($1::text[], $2::bigint[]) AS n(fingerprint, incident_id)
      WHERE a.fingerprint = n.fingerprint`,
    [alerts.map(({ fingerprint }) => fingerprint), alerts.map(({ incidentId }) => incidentId)],
  );
}

export interface HurtHour {
  incidentId: bigint;
  eventTypeId: number;
  hour: Date;
}

/** An incident's list of affected hours only grows. Returns how many were new, by incident. */
export async function addHurtHours(tx: Sql, hours: readonly HurtHour[], now: Date): Promise<Map<bigint, number>> {
  if (hours.length === 0) return new Map();
  const { rows } = await tx.query<{ id: bigint; added: number }>(
    `WITH added AS (
       INSERT INTO incident_hour (incident_id, event_type_id, hour, added_at)
       SELECT DISTINCT i, t, h, $4::timestamptz FROM unnest($1::bigint[], $2::int[], $3::timestamptz[]) AS n(i, t, h) ORDER BY 1, 2, 3
       -- another evaluator named it first
       ON CONFLICT DO NOTHING
       RETURNING incident_id
     )
     SELECT incident_id AS id, count(*)::int AS added FROM added GROUP BY 1`,
    [
      hours.map(({ incidentId }) => incidentId),
      hours.map(({ eventTypeId }) => eventTypeId),
      hours.map(({ hour }) => hour),
      now,
    ],
  );
  return new Map(rows.map(({ id, added }) => [id, added]));
}
