import { escalateNext, flushNextGroup, type NotifyContext, rerouteAlerts } from "#server/notifications/index.ts";
import type { Bell } from "#server/process/bell.ts";
import type { Log } from "#server/process/log.ts";
import type { TurnLog } from "#server/turns/index.ts";
import { Trouble } from "../trouble.ts";

export interface TimersDeps {
  ctx: NotifyContext;
  log: Log;
  turns: TurnLog;
  signal: AbortSignal;
  /** Rung when something may be due. */
  bell: Bell;
}

const decideAtOnce = 4;
const lookEveryMs = 1_000;

/**
 * Decides what is due: groups to flush, escalations, a changed routing tree. Any number of processes may run it. Apart from
 * sending: receivers that hang must not hold up decisions.
 */
export async function runTimers({ ctx, log, turns, signal, bell }: TimersDeps): Promise<void> {
  const trouble = new Trouble(log, "Deciding on notifications");
  const drain = async (takeNext: (input: { ctx: NotifyContext }) => Promise<boolean>) => {
    while (!signal.aborted && (await takeNext({ ctx })));
  };
  while (!signal.aborted) {
    const work = [rerouteAlerts({ ctx }), drain(escalateNext)];
    for (let nth = 0; nth < decideAtOnce; nth += 1) work.push(drain(flushNextGroup));
    const failed = (await Promise.allSettled(work)).filter(({ status }) => status === "rejected");
    for (const { reason } of failed as PromiseRejectedResult[]) trouble.failed(reason, "trying again in seconds");
    if (failed.length === 0) {
      trouble.passed();
      turns.completed("decide-notifications");
    } else turns.ended("decide-notifications");
    await bell.wait(lookEveryMs, signal);
  }
}
