import type { Context } from "#server/access/index.ts";
import { evaluateDueAlerts, type IncidentListener } from "#server/incidents/index.ts";
import type { Log } from "#server/process/log.ts";
import type { ClockCheck, TurnLog } from "#server/turns/index.ts";
import { Trouble } from "../trouble.ts";

export interface JudgedLoopDeps {
  ctx: Context;
  log: Log;
  turns: TurnLog;
  clockCheck: Pick<ClockCheck, "agrees">;
  listener: IncidentListener;
  signal: AbortSignal;
  /** Settles when something was judged, or after a while. */
  awaitJudged(): Promise<void>;
}

/**
 * Types whose rules are evaluated in one transaction: few, because incidents that they open stay locked until it ends.
 */
const typesAtOnce = 200;
const failurePauseMs = 1_000;

/**
 * Evaluates the rules about whatever was judged, as soon as it was, until the signal aborts. Any number of processes may
 * run it.
 */
export async function alertOnJudged(deps: JudgedLoopDeps): Promise<void> {
  const { ctx, log, turns, listener, signal } = deps;
  const trouble = new Trouble(log, "Evaluating alert rules of judged hours");
  while (!signal.aborted) {
    try {
      if (await deps.clockCheck.agrees()) {
        const { types } = await evaluateDueAlerts({ ctx, input: { limit: typesAtOnce }, listener });
        turns.completed("alert-judged");
        trouble.passed();
        if (types > 0) continue;
      } else turns.ended("alert-judged");
      await deps.awaitJudged();
    } catch (error) {
      trouble.failed(error, "trying again in a second");
      turns.ended("alert-judged");
      await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
    }
  }
}
