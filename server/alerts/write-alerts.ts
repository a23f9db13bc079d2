import type { AlertState, StoredAlert } from "#domain/alert.ts";
import type { Severity } from "#domain/alert-rule.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
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

const alertRows = bulkRows({
  fingerprint: "text",
  rule: "text",
  labels: "jsonb",
  annotations: "jsonb",
  severity: "text",
  state: "text",
  value: "float8?",
  eventTypeId: "int?",
  datacenterId: "int?",
  pendingSince: "timestamptz?",
  firingSince: "timestamptz?",
  lastTrueAt: "timestamptz?",
  resolvedAt: "timestamptz?",
});
const transitions = bulkRows({
  fingerprint: "text",
  rule: "text",
  labels: "jsonb",
  fromState: "text",
  toState: "text",
  value: "float8?",
  reason: "text",
  incidentId: "bigint?",
});

/** Writes the alerts unchanged since they were read (optimistic check) and returns their fingerprints. */
export async function writeAlerts(tx: Sql, alerts: readonly AlertToWrite[], now: Date): Promise<Set<string>> {
  if (alerts.length === 0) return new Set();
  const rows = await holdUnmoved(tx, alerts);
  if (rows.length === 0) return new Set();
  const { rows: written } = await tx.query<{ fingerprint: string }>(
    `INSERT INTO alert AS old (${alertRows.names}, changed_at, evaluated_at)
     SELECT *, $1, $1 FROM ${alertRows.from("n", 3)}
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
       WHERE old.state = 'normal' OR old.fingerprint = ANY ($2)
     RETURNING fingerprint`,
    [
      now,
      rows.flatMap(({ fingerprint, readAt }) => (readAt ? [fingerprint] : [])),
      // a state that went on carries all of the row it was read from: what was decided now comes last
      ...alertRows.values(rows.map(({ next, ...alert }) => ({ ...next, ...alert }))),
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
  const rows = changes.map(({ from: fromState, next: { state: toState, value }, ...change }) => {
    return { ...change, fromState, toState, value };
  });
  await tx.query(
    `INSERT INTO alert_transition (at, ${transitions.names}) SELECT $1, n.* FROM ${transitions.from("n", 2)}`,
    [now, ...transitions.values(rows)],
  );
}
