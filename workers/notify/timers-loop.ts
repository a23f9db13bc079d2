import type { TurnName } from "#domain/turn.ts";
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
  /** A bell that is rung when something may be due. */
  openBell(): Bell;
}

/** Several, so that a flush that waits for a row lock does not hold up other groups. */
const flushers = 4;
const lookEveryMs = 1_000;

/**
 * Decides what is due: groups to flush, escalations, a changed routing tree. Any number of processes may run it. Apart from
 * sending: receivers that hang must not hold up decisions. Each kind has loops of its own: groups that are always due do not
 * hold up escalations.
 */
export async function runTimers({ ctx, log, turns, signal, openBell }: TimersDeps): Promise<void> {
  const run = async (turn: TurnName, what: string, takeNext: (input: { ctx: NotifyContext }) => Promise<boolean>) => {
    const trouble = new Trouble(log, what);
    const bell = openBell();
    while (!signal.aborted) {
      let wasDue = false;
      try {
        wasDue = await takeNext({ ctx });
        trouble.passed();
        turns.completed(turn);
      } catch (error) {
        trouble.failed(error, "trying again in seconds");
        turns.ended(turn);
      }
      if (!wasDue) await bell.wait(lookEveryMs, signal);
    }
  };
  await Promise.all([
    run("reroute-alerts", "Routing alerts by the new tree", rerouteAlerts),
    run("escalate", "Escalating", escalateNext),
    ...Array.from({ length: flushers }, () => run("decide-notifications", "Deciding on notifications", flushNextGroup)),
  ]);
}
