import type { Clock } from "#domain/clock.ts";
import type { Labels } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";
import { queueGroups } from "#server/notifications/queue-groups.ts";

/** After a change of the tree: what fires goes where the new tree says, without waiting for its next change of state. */
export async function requeueGroups(tx: Sql, clock: Clock): Promise<void> {
  const { rows } = await tx.query<{ fingerprint: string; labels: Labels; state: string }>(
    "SELECT fingerprint, labels, state FROM alert WHERE state IN ('firing', 'recovering') ORDER BY fingerprint",
  );
  await queueGroups(tx, { clock, alerts: rows });
}
