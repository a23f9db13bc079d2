import type { Context } from "#server/access/context.ts";
import { keepLease, releaseLease } from "#server/db/lease.ts";
import { bearHours } from "#server/hours/bear-hours.ts";
import { judgeHours } from "#server/hours/judge-hours.ts";
import type { Log } from "#server/log.ts";

export interface EvaluateDeps {
  ctx: Context;
  /** This process among those that evaluate. */
  instance: string;
  log: Log;
  signal: AbortSignal;
  /** Settles at the next committed batch of facts, or after the wait, whichever is first. */
  awaitWork(): Promise<void>;
}

const birthLease = "bear-hours";
const birthLeaseSeconds = 15;
const failurePauseMs = 1_000;
const judgeLimit = 4_000;

/** Judges until the signal aborts. A failure is logged and tried again: the marks it left say what is still to do. */
export async function evaluate(deps: EvaluateDeps): Promise<void> {
  const { ctx, instance, log, signal } = deps;
  const onAlertingFailed = (error: unknown) =>
    log.error({ err: error }, "Looking at alert rules failed after judging; time's tick tries again.");
  const holdsBirths = keepLease(ctx.database.sql, birthLease, instance, birthLeaseSeconds);
  while (!signal.aborted) {
    try {
      if (await holdsBirths()) await bearHours({ ctx });
      const judged = await judgeHours({ ctx, input: { limit: judgeLimit, onAlertingFailed } });
      if (judged === 0) await deps.awaitWork();
    } catch (error) {
      log.error({ err: error }, "Judging failed; trying again in a second.");
      await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
    }
  }
  await releaseLease(ctx.database.sql, birthLease, instance).catch(() => undefined);
}
