import type { Sql } from "#server/db/database.ts";

/** What happened to an incident, and who did it. */
export interface IncidentEvent {
  incidentId: bigint;
  kind:
    | "opened"
    | "cause"
    | "alerts_firing"
    | "alerts_normal"
    | "hours_hurt"
    | "hours_recovered"
    | "hours_accepted"
    | "acceptance_ended"
    | "severity"
    | "acknowledged"
    | "assigned"
    | "note"
    | "resolved";
  actor: string;
  message: string;
  detail?: object;
}

/** Appends to incidents' timelines in order; open screens are notified on commit. */
export async function writeIncidentEvents(tx: Sql, events: readonly IncidentEvent[], at: Date): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO incident_event (incident_id, at, kind, actor, message, detail)
     SELECT i, $6, k, a, m, d FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::jsonb[]) WITH ORDINALITY AS n(i, k, a, m, d, ord)
      ORDER BY ord`,
    [
      events.map(({ incidentId }) => incidentId),
      events.map(({ kind }) => kind),
      events.map(({ actor }) => actor),
      events.map(({ message }) => message),
      events.map(({ detail }) => JSON.stringify(detail ?? {})),
      at,
    ],
  );
  await tx.query("SELECT pg_notify('tidemark_alert', '')");
}
