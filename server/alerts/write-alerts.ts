import type { AlertState, StoredAlert } from "#domain/alert.ts";
import type { Severity } from "#domain/alert-rule.ts";
import type { Sql } from "#server/db/database.ts";

/** One alert's new state. */
export interface AlertToWrite {
  fingerprint: string;
  rule: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  severity: Severity;
  eventTypeId: number | null;
  datacenterId: number | null;
  from: AlertState;
  /** When the row behind this decision was written; null: no row, or a normal one. */
  readAt: Date | null;
  next: StoredAlert;
  reason: string;
}

/** Writes the alerts unchanged since they were read (optimistic check) and returns their fingerprints. */
export async function writeAlerts(tx: Sql, alerts: readonly AlertToWrite[], now: Date): Promise<Set<string>> {
  if (alerts.length === 0) return new Set();
  const rows = await holdUnmoved(tx, alerts);
  if (rows.length === 0) return new Set();
  const { rows: written } = await tx.query<{ fingerprint: string }>(
    `INSERT INTO alert AS old (fingerprint, rule, labels, annotations, severity, state, value, event_type_id, datacenter_id,
                               pending_since, firing_since, last_true_at, resolved_at, changed_at, evaluated_at)
     SELECT *, $14, $14
       FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[], $5::text[], $6::text[], $7::float8[], $8::int[], $9::int[],
                   $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
      -- in key order, so that two who write the same alerts queue and do not deadlock
      ORDER BY 1
     ON CONFLICT (fingerprint) DO UPDATE SET
       labels = excluded.labels, severity = excluded.severity, state = excluded.state, value = excluded.value,
       -- what it said last stays when nothing is said any more
       annotations = CASE WHEN excluded.annotations = '{}' THEN old.annotations ELSE excluded.annotations END,
       pending_since = excluded.pending_since, firing_since = excluded.firing_since, last_true_at = excluded.last_true_at,
       resolved_at = excluded.resolved_at, evaluated_at = excluded.evaluated_at,
       changed_at = CASE WHEN old.state = excluded.state THEN old.changed_at ELSE excluded.changed_at END
       -- a row that was not there to be held was made by another evaluator meanwhile: its decision stands
       WHERE old.state = 'normal' OR old.fingerprint = ANY ($15)
     RETURNING fingerprint`,
    [
      rows.map(({ fingerprint }) => fingerprint),
      rows.map(({ rule }) => rule),
      rows.map(({ labels }) => JSON.stringify(labels)),
      rows.map(({ annotations }) => JSON.stringify(annotations)),
      rows.map(({ severity }) => severity),
      rows.map(({ next }) => next.state),
      rows.map(({ next }) => next.value),
      rows.map(({ eventTypeId }) => eventTypeId),
      rows.map(({ datacenterId }) => datacenterId),
      rows.map(({ next }) => next.pendingSince),
      rows.map(({ next }) => next.firingSince),
      rows.map(({ next }) => next.lastTrueAt),
      rows.map(({ next }) => next.resolvedAt),
      now,
      rows.flatMap(({ fingerprint, readAt }) => (readAt ? [fingerprint] : [])),
    ],
  );
  return new Set(written.map(({ fingerprint }) => fingerprint));
}

/** Locks the rows until the transaction ends, and drops alerts that another evaluator changed since the read. */
async function holdUnmoved(tx: Sql, alerts: readonly AlertToWrite[]): Promise<AlertToWrite[]> {
  const { rows } = await tx.query<{ fingerprint: string; state: AlertState; evaluatedAt: Date }>(
    `SELECT fingerprint, state, evaluated_at AS "evaluatedAt" FROM alert
      WHERE fingerprint = ANY ($1)
      -- in key order, as they are written
      ORDER BY fingerprint FOR UPDATE`,
    [alerts.map(({ fingerprint }) => fingerprint)],
  );
  const held = new Map(rows.map((row) => [row.fingerprint, row]));
  return alerts.filter(({ fingerprint, from, readAt }) => {
    const row = held.get(fingerprint);
    if (!row) return readAt === null;
    return readAt === null
      ? row.state === "normal"
      : row.state === from && row.evaluatedAt.getTime() === readAt.getTime();
  });
}

export interface AlertTransition extends AlertToWrite {
  incidentId: bigint | null;
}

/** The history of states, one row per change. */
export async function writeTransitions(tx: Sql, changes: readonly AlertTransition[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `INSERT INTO alert_transition (fingerprint, rule, labels, from_state, to_state, at, value, reason, incident_id)
     SELECT f, r, l, from_state, to_state, $9, v, reason, i
       FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::text[], $5::text[], $6::float8[], $7::text[], $8::bigint[])
         AS n(f, r, l, from_state, to_state, v, reason, i)`,
    [
      changes.map(({ fingerprint }) => fingerprint),
      changes.map(({ rule }) => rule),
      changes.map(({ labels }) => JSON.stringify(labels)),
      changes.map(({ from }) => from),
      changes.map(({ next }) => next.state),
      changes.map(({ next }) => next.value),
      changes.map(({ reason }) => reason),
      changes.map(({ incidentId }) => incidentId),
      now,
    ],
  );
}
