import type { Clock } from "#domain/clock.ts";
import { routesFor } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";
import { wakeOutbox } from "#server/outbox/index.ts";
import { withdrawEscalations } from "./escalate.ts";
import { loadTree } from "./load-tree.ts";

/** Runs in the transaction that snoozes an incident. The page that ends the snooze schedules its escalations again. */
export async function notifySnoozed(tx: Sql, { incidentId }: { clock: Clock; incidentId: bigint }): Promise<void> {
  await withdrawEscalations(tx, incidentId);
}

/** Runs in the transaction that ends snoozes: the groups of the incidents' firing alerts are due now, and to be repeated. */
export async function notifySnoozeEnded(
  tx: Sql,
  { incidentIds }: { clock: Clock; incidentIds: readonly bigint[] },
): Promise<void> {
  const tree = await loadTree(tx);
  const { rows } = await tx.query<{ labels: Record<string, string> }>(
    "SELECT labels FROM alert WHERE incident_id = ANY ($1) AND state IN ('firing', 'recovering')",
    [incidentIds],
  );
  const keys = new Set(rows.flatMap(({ labels }) => routesFor(tree, labels).map(({ groupKey }) => groupKey)));
  await tx.query(
    `UPDATE notification_group SET flush_at = now(),
            -- long ago: its repeat interval has passed
            notified_at = CASE WHEN notified_at IS NOT NULL THEN to_timestamp(0) END
      WHERE key IN (SELECT key FROM notification_group WHERE key = ANY ($1) ORDER BY key FOR UPDATE)`,
    [[...keys]],
  );
  await wakeOutbox(tx);
}
