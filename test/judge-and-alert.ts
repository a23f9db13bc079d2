import type { Context } from "#server/access/context.ts";
import { evaluateDueAlerts } from "#server/incidents/evaluate-due-alerts.ts";
import { type TickAlertsArgs, tickAlerts as tick } from "#server/incidents/tick-alerts.ts";
import { updateSituations } from "#server/incidents/update-situations.ts";
import { notifyOfIncidents } from "#server/notifications/notify-of-incidents.ts";
import { createCurrentHours } from "#server/verdicts/create-current-hours.ts";
import { type JudgeHoursInput, judgeHours as judge } from "#server/verdicts/judge-hours.ts";
import { onJudged } from "#workers/on-judged.ts";

/** Judges as the evaluate worker does, then evaluates the rules about what was judged as the alert worker does. */
export async function judgeHours({ ctx, input }: { ctx: Context; input: JudgeHoursInput }): Promise<number> {
  const taken = await judge({ ctx, input, onJudged });
  await evaluateAllDue(ctx);
  return taken;
}

/** Creates the hours that have begun and judges until nothing is left; returns once alert rules have followed. */
export async function judgeAll(ctx: Context, { limit = 4_000 } = {}): Promise<void> {
  await createCurrentHours({ ctx });
  while ((await judgeHours({ ctx, input: { limit } })) > 0);
}

/** The alert worker's tick, including what it does in between and beside it. */
export async function tickAlerts({ ctx, input = {} }: Omit<TickAlertsArgs, "listener">) {
  await evaluateAllDue(ctx);
  const ticked = await tick({ ctx, input, listener: notifyOfIncidents });
  await updateSituations({ ctx, listener: notifyOfIncidents });
  return ticked;
}

async function evaluateAllDue(ctx: Context): Promise<void> {
  while ((await evaluateDueAlerts({ ctx, input: { limit: 200 }, listener: notifyOfIncidents })) > 0);
}
