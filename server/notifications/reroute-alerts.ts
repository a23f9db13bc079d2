import type { Labels } from "#domain/routing.ts";
import type { Context } from "#server/access/index.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import { queueGroups } from "./queue-groups.ts";

/** After a tree change: firing alerts follow the new tree at once, without waiting for their next state change. False: it did not change. */
export async function rerouteAlerts({ ctx }: { ctx: Pick<Context, "database" | "clock"> }): Promise<boolean> {
  const due = await ctx.database.sql.query("SELECT FROM routing_tree WHERE reroute_due LIMIT 1");
  if (due.rowCount === 0) return false;
  await ctx.database.transaction(async (tx) => {
    // As queueGroups does, and before the tree's row: whoever applies a tree locks them in this order.
    await tx.query("SELECT pg_advisory_xact_lock_shared($1)", [advisoryLocks.routingTree]);
    await tx.query("UPDATE routing_tree SET reroute_due = false WHERE reroute_due");
    const { rows } = await tx.query<{ fingerprint: string; labels: Labels; state: string }>(
      "SELECT fingerprint, labels, state FROM alert WHERE state IN ('firing', 'recovering') ORDER BY fingerprint",
    );
    await queueGroups(tx, { clock: ctx.clock, alerts: rows });
  });
  return true;
}
