import type { Labels } from "#domain/routing.ts";
import type { Context } from "#server/access/index.ts";
import { queueGroups } from "./queue-groups.ts";

/** After a tree change: firing alerts follow the new tree at once, without waiting for their next state change. */
export async function rerouteAlerts({ ctx }: { ctx: Pick<Context, "database" | "clock"> }): Promise<void> {
  await ctx.database.transaction(async (tx) => {
    const { rows } = await tx.query<{ fingerprint: string; labels: Labels; state: string }>(
      "SELECT fingerprint, labels, state FROM alert WHERE state IN ('firing', 'recovering') ORDER BY fingerprint",
    );
    await queueGroups(tx, { clock: ctx.clock, alerts: rows });
  });
}
