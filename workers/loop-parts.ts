import type { TurnName } from "#domain/turn.ts";
import type { Context } from "#server/access/index.ts";
import { keepLease, releaseLease } from "#server/db/lease.ts";
import type { Log } from "#server/process/log.ts";
import type { ClockCheck, TurnLog } from "#server/turns/index.ts";
import { Trouble } from "./trouble.ts";

/** What every loop is given. */
export interface LoopParts {
  ctx: Context;
  /** This process among those of its kind. */
  instance: string;
  log: Log;
  /** Where each loop reports its pulse. */
  turns: TurnLog;
  /** A wrong clock would end hours early, freeze months and drop kept data: such loops rest until it agrees with the database's. */
  clockCheck: Pick<ClockCheck, "agrees">;
  /** Aborted when the process is to end. */
  signal: AbortSignal;
}

type Parts = Pick<LoopParts, "ctx" | "instance"> & Partial<Pick<LoopParts, "clockCheck">>;

/**
 * Runs a loop that works only while this process holds the lease and, if it depends on the clock, the clock agrees. Another process
 * takes over at once when the loop ends, or when the lease expires.
 */
export async function underLease(
  { ctx, instance, clockCheck }: Parts,
  { lease, seconds }: { lease: string; seconds: number },
  loop: (mayWork: () => Promise<boolean>) => Promise<void>,
): Promise<void> {
  const holds = keepLease(ctx.database.sql, lease, instance, seconds);
  await loop(async () => (!clockCheck || (await clockCheck.agrees())) && (await holds()));
  await releaseLease(ctx.database.sql, lease, instance).catch(() => undefined);
}

export interface Repeated<Done> {
  turn: TurnName;
  /** "Escalating": the beginning of each sentence about a failure. */
  what: string;
  /** null: it is another process's turn. */
  work(): Promise<Done | null>;
  /** Between turns. `done`: null also after a failure. */
  pause(done: Done | null, hasFailed: boolean): Promise<void>;
}

/** Turn after turn until the signal aborts. A failure is logged and retried. */
export async function repeat<Done>(
  { log, turns, signal }: Pick<LoopParts, "log" | "turns" | "signal">,
  { turn, what, work, pause }: Repeated<Done>,
): Promise<void> {
  const trouble = new Trouble(log, what);
  while (!signal.aborted) {
    let done: Done | null = null;
    let hasFailed = false;
    try {
      done = await work();
      if (done === null) turns.ended(turn);
      else turns.completed(turn);
      trouble.passed();
    } catch (error) {
      hasFailed = true;
      trouble.failed(error, "retrying in 1 s");
      turns.ended(turn);
    }
    await pause(done, hasFailed);
  }
}
