import { type Context, requireScope } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import { recoverIncidents } from "#server/incidents/recover-incidents.ts";
import { refineCauses } from "#server/incidents/refine-causes.ts";
import { type EvaluatedAlerts, evaluateAlerts } from "./evaluate-alerts.ts";
import type { Volumes } from "./read-volumes-now.ts";

export type { Volumes };

/**
 * Time's tick: what no message says (silence, standing still, growing delays, a new forecast, Tidemark's own deafness), what the judge
 * left to it, and the end of incidents. Run under a lease; twice at once does no harm.
 */
export async function tickAlerts({
  ctx,
  input = {},
}: {
  ctx: Context;
  input?: { volumes?: Volumes };
}): Promise<EvaluatedAlerts & { resolved: number }> {
  requireScope(ctx, "admin");
  const ticked = await ctx.database.transaction(async (tx) => {
    const historyOf = await takeDue(tx);
    const evaluated = await evaluateAlerts(tx, { ctx, input: { eventTypeIds: null, historyOf, ...input } });
    const resolved = await recoverIncidents(tx, ctx.clock);
    return { ...evaluated, resolved };
  });
  await refineCauses({ ctx });
  return ticked;
}

async function takeDue(tx: Sql): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `DELETE FROM alert_due WHERE event_type_id IN (
       -- what another tick has taken is its own to do
       SELECT event_type_id FROM alert_due ORDER BY event_type_id FOR UPDATE SKIP LOCKED)
     RETURNING event_type_id AS id`,
  );
  return rows.map(({ id }) => id);
}
