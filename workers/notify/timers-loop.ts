import type { TurnName } from "#domain/turn.ts";
import { escalateNext, flushNextGroup, type NotifyContext, rerouteAlerts } from "#server/notifications/index.ts";
import type { Bell } from "#server/process/bell.ts";
import type { Log } from "#server/process/log.ts";
import type { TurnLog } from "#server/turns/index.ts";
import { repeat } from "../loop-parts.ts";

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
export async function runTimers({ ctx, openBell, ...parts }: TimersDeps): Promise<void> {
  const run = (turn: TurnName, what: string, takeNext: (input: { ctx: NotifyContext }) => Promise<boolean>) => {
    const bell = openBell();
    const pause = async (wasDue: boolean | null) => {
      if (!wasDue) await bell.wait(lookEveryMs, parts.signal);
    };
    return repeat(parts, { turn, what, work: () => takeNext({ ctx }), pause });
  };
  await Promise.all([
    run("reroute-alerts", "Routing alerts by the new tree", rerouteAlerts),
    run("escalate", "Escalating", escalateNext),
    ...Array.from({ length: flushers }, () => run("decide-notifications", "Deciding on notifications", flushNextGroup)),
  ]);
}
