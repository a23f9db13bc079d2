import { type Context, requireScope } from "#server/access/index.ts";
import type { Volumes } from "#server/alerts/index.ts";
import { type EvaluatedAlerts, evaluateAlerts } from "./evaluate-alerts.ts";
import type { IncidentListener } from "./listener.ts";
import { recoverIncidents } from "./recover-incidents.ts";
import { refineCauses } from "./refine-causes.ts";

export interface TickAlertsArgs {
  ctx: Context;
  input?: { volumes?: Volumes };
  listener: IncidentListener;
}

/**
 * The periodic check for what no message triggers (silence, stalls, growing delays, a new forecast, Tidemark's own deafness) and
 * for ended incidents. Run under a lease; twice at once is harmless.
 */
export async function tickAlerts({
  ctx,
  input = {},
  listener,
}: TickAlertsArgs): Promise<EvaluatedAlerts & { resolved: number }> {
  requireScope(ctx, "admin");
  const ticked = await ctx.database.transaction(async (tx) => {
    const evaluated = await evaluateAlerts(tx, {
      ctx,
      input: { eventTypeIds: null, historyOf: [], ...input },
      listener,
    });
    const resolved = await recoverIncidents(tx, { clock: ctx.clock, listener });
    return { ...evaluated, resolved };
  });
  await refineCauses({ ctx });
  return ticked;
}
