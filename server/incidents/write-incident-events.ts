import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/** What happened to an incident, and who did it. */
export interface IncidentEvent {
  incidentId: bigint;
  kind:
    | "opened"
    | "situation"
    | "alerts_firing"
    | "alerts_normal"
    | "hours_affected"
    | "hours_recovered"
    | "hours_accepted"
    | "acceptance_ended"
    | "severity"
    | "acknowledged"
    | "assigned"
    | "note"
    | "snoozed"
    | "unsnoozed"
    | "resolved";
  actor: string;
  message: string;
  detail?: object;
}

const eventRows = bulkRows({
  incidentId: "bigint",
  kind: "text",
  actor: "text",
  message: "text",
  detail: "jsonb",
  position: "int",
});

/** Appends to incidents' timelines in order; open screens are notified on commit. */
export async function writeIncidentEvents(tx: Sql, events: readonly IncidentEvent[], at: Date): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO incident_event (incident_id, at, kind, actor, message, detail)
     SELECT incident_id, $1, kind, actor, message, detail FROM ${eventRows.from("n", 2)} ORDER BY position`,
    [at, ...eventRows.values(events.map((event, position) => ({ detail: {}, ...event, position })))],
  );
  await tx.query("SELECT pg_notify('tidemark_alert', '')");
}
