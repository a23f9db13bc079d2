import type { Context } from "#server/access/context.ts";
import { purgeDeletedNames } from "#server/corrections/purge-deleted-names.ts";
import { workOffCorrections } from "#server/corrections/work-off-corrections.ts";
import { isTimeUp } from "#server/db/database-errors.ts";
import { keepLease, releaseLease } from "#server/db/lease.ts";
import { bearHours } from "#server/hours/bear-hours.ts";
import { judgeHours } from "#server/hours/judge-hours.ts";
import type { Log } from "#server/log.ts";
import type { ClockCheck } from "#server/turns/clock-check.ts";
import type { TurnLog } from "#server/turns/turns.ts";
import { Trouble } from "../trouble.ts";

export interface EvaluateDeps {
  ctx: Context;
  /** This process among those that evaluate. */
  instance: string;
  log: Log;
  turns: TurnLog;
  clockCheck: Pick<ClockCheck, "agrees">;
  signal: AbortSignal;
  /** Settles at the next committed batch of facts, or after the wait, at most so many real milliseconds: whichever is first. */
  awaitWork(atMostMs: number): Promise<void>;
}

const birthLease = "bear-hours";
const birthLeaseSeconds = 15;
const failurePauseMs = 1_000;
const loops = ["births", "judge", "judge-running"] as const;
const judgeLimit = 4_000;
const leastJudgeLimit = 50;
/** Judging what corrections moved goes on in between. */
const correctionsForMs = 500;
/** Running hours are judged anew with every count that grows. For each millisecond of that, so many are left to everything else. */
const restPerWork = 1;

/**
 * Judges until the signal aborts. A failure is logged and tried again: the marks it left say what is still to do. Hours that ended go
 * first, for jobs wait for them and people are paged about them; running ones are judged in between, a few types at a time.
 */
export async function evaluate(deps: EvaluateDeps): Promise<void> {
  const { ctx, instance, log, turns, signal } = deps;
  const onAlertingFailed = (error: unknown) =>
    log.error({ err: error }, "Looking at alert rules failed after judging; time's tick tries again.");
  const holdsBirths = keepLease(ctx.database.sql, birthLease, instance, birthLeaseSeconds);
  const trouble = new Trouble(log, "Judging");
  let restUntilMs = 0;
  let limit = judgeLimit;
  while (!signal.aborted) {
    try {
      if (!(await deps.clockCheck.agrees())) {
        for (const name of loops) turns.ended(name);
        await deps.awaitWork(Number.POSITIVE_INFINITY);
        continue;
      }
      if (await holdsBirths()) {
        await bearHours({ ctx });
        turns.completed("births");
      } else turns.ended("births");
      // What a request left: a large correction, or one whose process died in the middle.
      const moved = await moveFacts(ctx, log);
      const ended = await judgeHours({ ctx, input: { limit, only: "ended", onAlertingFailed } });
      turns.completed("judge");
      const restMs = restUntilMs - performance.now();
      const startedMs = performance.now();
      const input = { limit, only: "running" as const, onAlertingFailed };
      const running = restMs > 0 ? 0 : await judgeHours({ ctx, input });
      turns.completed("judge-running");
      trouble.passed();
      limit = Math.min(judgeLimit, limit * 2);
      if (running > 0) restUntilMs = performance.now() + (performance.now() - startedMs) * restPerWork;
      else if (ended === 0 && moved === 0) await deps.awaitWork(restMs > 0 ? restMs : Number.POSITIVE_INFINITY);
    } catch (error) {
      trouble.failed(error, "trying again in a second");
      for (const name of loops) turns.ended(name);
      // What a slow database does not judge in its time at once, it may in parts.
      if (isTimeUp(error)) limit = Math.max(leastJudgeLimit, Math.floor(limit / 2));
      await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
    }
  }
  await releaseLease(ctx.database.sql, birthLease, instance).catch(() => undefined);
}

/** Facts that corrections and deletions still have to move; whatever keeps them from it never keeps hours from being judged. */
async function moveFacts(ctx: Context, log: Log): Promise<number> {
  try {
    const moved = await workOffCorrections({ ctx, input: { forMs: correctionsForMs } });
    await purgeDeletedNames({ ctx, input: { forMs: correctionsForMs } });
    return moved;
  } catch (error) {
    log.error({ err: error }, "Moving facts for a correction failed; the next turn tries again.");
    return 0;
  }
}
