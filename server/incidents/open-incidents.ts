import type { Severity } from "#domain/alert-rule.ts";
import type { Cause } from "#domain/explain.ts";
import { bulkRows, type RowOf } from "#server/db/bulk-rows.ts";
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

const causeRows = bulkRows({ causeKey: "text", cause: "jsonb", title: "text", severity: "text", since: "timestamptz" });
const attachments = bulkRows({ fingerprint: "text", incidentId: "bigint" });
const affectedHours = bulkRows({ incidentId: "bigint", eventTypeId: "int", hour: "timestamptz" });
export type AffectedHour = RowOf<typeof affectedHours>;

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
  return tx.rows<OpenedIncident>(
    `INSERT INTO incident AS old (cause_key, cause, title, severity, state, since, opened_at, changed_at)
     SELECT cause_key, cause, title, severity, 'open', least(since, $1), $1, $1
       FROM ${causeRows.from("n", 2)}
      -- in the order of causes, so that two who open the same ones queue and do not deadlock
      ORDER BY cause_key
     -- two evaluators that see the same cause open one incident: the second waits here, and joins the first's
     ON CONFLICT (cause_key) WHERE state <> 'resolved' DO UPDATE SET
       changed_at = excluded.changed_at,
       severity = CASE WHEN array_position(ARRAY['page', 'ticket', 'info'], excluded.severity)
                          < array_position(ARRAY['page', 'ticket', 'info'], old.severity)
                       THEN excluded.severity ELSE old.severity END
     RETURNING id, cause_key AS "causeKey", xmax = 0 AS "isNew"`,
    [now, ...causeRows.values(causes)],
  );
}

/** Assigns alerts to their incidents, each of which keeps them for ever. The caller holds both rows' locks. */
export async function attachAlerts(
  tx: Sql,
  alerts: readonly { fingerprint: string; incidentId: bigint }[],
  now: Date,
): Promise<void> {
  if (alerts.length === 0) return;
  await tx.query(
    `WITH joining AS (
       UPDATE alert a SET incident_id = n.incident_id FROM ${attachments.from("n", 2)}
        WHERE a.fingerprint = n.fingerprint
       RETURNING n.incident_id, a.fingerprint, a.annotations
     )
     INSERT INTO incident_alert (incident_id, fingerprint, joined_at, annotations)
     SELECT incident_id, fingerprint, $1, annotations FROM joining ORDER BY 1, 2
     -- it comes back to an incident that it left for another
     ON CONFLICT DO NOTHING`,
    [now, ...attachments.values(alerts)],
  );
}

/** An incident's list of affected hours only grows. Returns how many were new, by incident. */
export async function addAffectedHours(
  tx: Sql,
  hours: readonly AffectedHour[],
  now: Date,
): Promise<Map<bigint, number>> {
  if (hours.length === 0) return new Map();
  const { rows } = await tx.query<{ id: bigint; added: number }>(
    `WITH added AS (
       INSERT INTO incident_hour (${affectedHours.names}, added_at)
       SELECT DISTINCT n.*, $1::timestamptz FROM ${affectedHours.from("n", 2)} ORDER BY 1, 2, 3
       -- another evaluator named it first
       ON CONFLICT DO NOTHING
       RETURNING incident_id
     )
     SELECT incident_id AS id, count(*)::int AS added FROM added GROUP BY 1`,
    [now, ...affectedHours.values(hours)],
  );
  return new Map(rows.map(({ id, added }) => [id, added]));
}
