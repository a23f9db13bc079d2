import type { AlertState, KnownAlert } from "#domain/alert.ts";
import type { Sql } from "#server/db/database.ts";

export interface StoredAlertRow extends KnownAlert {
  labels: Record<string, string>;
  incidentId: bigint | null;
  eventTypeId: number | null;
  evaluatedAt: Date;
}

type Row = Omit<StoredAlertRow, "subject" | "state"> & {
  state: AlertState;
  eventType: string | null;
  datacenter: string | null;
};

/** Alerts that are not normal, of some types or all. */
export async function loadKnownAlerts(sql: Sql, eventTypeIds: readonly number[] | null): Promise<StoredAlertRow[]> {
  const { rows } = await sql.query<Row>(
    `SELECT a.fingerprint, a.rule, a.labels, a.state, a.value, a.pending_since AS "pendingSince",
            a.firing_since AS "firingSince", a.last_true_at AS "lastTrueAt", a.resolved_at AS "resolvedAt",
            a.incident_id AS "incidentId", a.event_type_id AS "eventTypeId", a.evaluated_at AS "evaluatedAt", t.name AS "eventType", d.name AS datacenter
       FROM alert a
       LEFT JOIN event_type t ON t.id = a.event_type_id
       LEFT JOIN datacenter d ON d.id = a.datacenter_id
      WHERE a.state <> 'normal' AND ($1::int[] IS NULL OR a.event_type_id = ANY ($1))`,
    [eventTypeIds],
  );
  return rows.map(({ eventType, datacenter, ...row }) => ({ ...row, subject: { eventType, datacenter } }));
}
