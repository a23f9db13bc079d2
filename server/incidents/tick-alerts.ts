import { type Context, requireScope } from "#server/access/index.ts";
import type { Volumes } from "#server/alerts/index.ts";
import { type EvaluatedAlerts, evaluateAlerts } from "./evaluate-alerts.ts";
import type { IncidentListener } from "./listener.ts";
import { recoverIncidents } from "./recover-incidents.ts";
import { endSnoozes } from "./snooze-incident.ts";

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
  const evaluated = await ctx.database.transaction((tx) =>
    evaluateAlerts(tx, { ctx, input: { eventTypeIds: null, historyOf: [], ...input }, listener }),
  );
  // In a transaction of its own: it locks incidents first, which an evaluator that already holds groups must not wait for.
  const resolved = await ctx.database.transaction((tx) => recoverIncidents(tx, { clock: ctx.clock, listener }));
  await ctx.database.transaction((tx) => endSnoozes(tx, { clock: ctx.clock, listener }));
  return { ...evaluated, resolved };
}
