import type { Context } from "#server/access/index.ts";
import { keepLease, releaseLease } from "#server/db/lease.ts";
import type { Log } from "#server/process/log.ts";
import type { ClockCheck, TurnLog } from "#server/turns/index.ts";

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
