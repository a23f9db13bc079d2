import type { Clock } from "#domain/clock.ts";
import type { Sql } from "#server/db/database.ts";
import { type ChangedAlert, queueGroups } from "./queue-groups.ts";

/**
 * Called in the transaction that changes the routing tree: what fires is looked at again in the groups that it now leads to. A group
 * that nothing leads to any more finds that out at its next look, and ends.
 */
export async function requeueGroups(tx: Sql, clock: Clock): Promise<void> {
  const { rows } = await tx.query<ChangedAlert>(
    "SELECT fingerprint, labels, state FROM alert WHERE state IN ('firing', 'recovering') ORDER BY fingerprint",
  );
  await queueGroups(tx, { clock, alerts: rows });
}
