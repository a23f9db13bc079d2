import type { Clock } from "#domain/clock.ts";
import type { Labels } from "#domain/routing.ts";
import type { Muted } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";

/** An alert whose state just changed. */
export interface ChangedAlert {
  fingerprint: string;
  labels: Labels;
  state: string;
}

/** Receives changes of incidents and alerts in the transaction that makes them, so both commit or neither. */
export interface IncidentListener {
  /** Once per transaction, with all alerts that started or stopped firing in it. */
  alertsChanged(tx: Sql, change: { clock: Clock; alerts: readonly ChangedAlert[] }): Promise<void>;
  acknowledged(tx: Sql, change: { clock: Clock; incidentId: bigint }): Promise<void>;
  snoozed(tx: Sql, change: { clock: Clock; incidentId: bigint }): Promise<void>;
  snoozeEnded(tx: Sql, change: { clock: Clock; incidentIds: readonly bigint[] }): Promise<void>;
  /** Of these incidents those of whose firing alerts none is notified at the moment, and why. */
  findMuted(sql: Sql, question: { clock: Clock; incidentIds: readonly bigint[] }): Promise<ReadonlyMap<bigint, Muted>>;
  resolved(tx: Sql, change: { clock: Clock; incidentIds: readonly bigint[] }): Promise<void>;
}
