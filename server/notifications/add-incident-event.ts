import type { Sql } from "#server/db/database.ts";

export interface NewIncidentEvent {
  incidentId: bigint;
  at: Date;
  kind: string;
  message: string;
  detail?: object;
}

/** A timeline line that Tidemark writes about notifications. */
export async function addIncidentEvent(tx: Sql, event: NewIncidentEvent): Promise<void> {
  await tx.query(
    `INSERT INTO incident_event (incident_id, at, kind, actor, message, detail)
     SELECT id, $2, $3, 'worker:notify', $4, $5::jsonb FROM incident WHERE id = $1`,
    [event.incidentId, event.at, event.kind, event.message, JSON.stringify(event.detail ?? {})],
  );
}
