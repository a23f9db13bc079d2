import type { Clock } from "#domain/clock.ts";
import type { Labels } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";

/** An alert whose state just changed. */
export interface ChangedAlert {
  fingerprint: string;
  labels: Labels;
  state: string;
}

/** Who is told of incidents and their alerts: each time in the transaction that changes them, committed with it or not at all. */
export interface IncidentListener {
  /** Once a transaction, with all alerts that began to fire in it or ceased to. */
  alertsChanged(tx: Sql, change: { clock: Clock; alerts: readonly ChangedAlert[] }): Promise<void>;
  acknowledged(tx: Sql, change: { clock: Clock; incidentId: bigint }): Promise<void>;
  resolved(tx: Sql, change: { clock: Clock; incidentIds: readonly bigint[] }): Promise<void>;
}
