import { repairMessages } from "#server/consumers/index.ts";
import { keepLease, releaseLease } from "#server/db/lease.ts";
import { dropEndedJobs, freeDeadJobs, type JobHandlers, runJobs } from "#server/jobs/index.ts";
import { findBlindness, type NotifyContext, repairQueue } from "#server/notifications/index.ts";
import type { Log } from "#server/process/log.ts";
import type { TurnLog } from "#server/turns/index.ts";
import { Trouble } from "../trouble.ts";

export interface NotifyDeps {
  ctx: NotifyContext;
  /** This process among those that notify. */
  instance: string;
  log: Log;
  turns: TurnLog;
  signal: AbortSignal;
  /** Deciding is separate from sending: receivers that hang must not hold up decisions. */
  deciding: JobHandlers;
  sending: JobHandlers;
  /** Pub/Sub ingest is configured too. */
  pubsub: boolean;
  /** Pings the external watchdog; returns a sentence on failure. null: there is none. */
  pingWatchdog: (() => Promise<string | null>) | null;
  /** Waits this many real milliseconds, or until the signal aborts. */
  pause(realMs: number): Promise<void>;
}

const decideAtOnce = 4;
const sendAtOnce = 24;
const lookForDeadMs = 1_000;
const minuteMs = 60_000;
const lease = "notify-minute";
const leaseSeconds = 15;

/** Runs the notification jobs until the signal aborts, and makes sure that no job and no message is forgotten. */
export async function notify(deps: NotifyDeps): Promise<void> {
  const { ctx, log, signal, deciding, sending } = deps;
  const { url } = ctx.database;
  await Promise.all([
    runJobs({ url, tasks: deciding, concurrency: decideAtOnce, log, signal }),
    runJobs({ url, tasks: sending, concurrency: sendAtOnce, log, signal }),
    tend(deps),
    watch(deps),
  ]);
}

/** Every process frees the jobs of dead ones: the last one left must do for all. */
async function tend({ ctx, log, turns, signal, pause }: NotifyDeps): Promise<void> {
  const trouble = new Trouble(log, "Looking for jobs of dead processes");
  while (!signal.aborted) {
    try {
      const dead = await freeDeadJobs(ctx.database.sql);
      if (dead > 0) log.warn({ dead }, "Took over the jobs of a process that died.");
      turns.completed("take-over-jobs");
      trouble.passed();
    } catch (error) {
      trouble.failed(error, "trying again in a second");
      turns.ended("take-over-jobs");
    }
    await pause(lookForDeadMs);
  }
}

/**
 * Each minute, by one process: the external watchdog, and messages that wait without a job. In real time, like the
 * watchdog's.
 */
async function watch(deps: NotifyDeps): Promise<void> {
  const { ctx, instance, log, turns, signal, pause } = deps;
  const trouble = new Trouble(log, "The minute's look after notifications");
  const { sql } = ctx.database;
  const holds = keepLease(sql, lease, instance, leaseSeconds);
  let doneMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    try {
      if ((await holds()) && performance.now() - doneMs >= minuteMs) {
        doneMs = performance.now();
        await tellWatchdog(deps);
        const repaired = (await repairQueue(ctx.database, ctx.clock.now())) + (await repairMessages(ctx.database));
        if (repaired > 0) log.warn({ repaired }, "Queued messages again that waited without a job.");
        await dropEndedJobs(sql);
        turns.completed("repair-deliveries");
      }
      trouble.passed();
    } catch (error) {
      trouble.failed(error, "trying again in a second");
    }
    turns.ended("repair-deliveries");
    await pause(lookForDeadMs);
  }
  await releaseLease(sql, lease, instance).catch(() => undefined);
}

async function tellWatchdog({ ctx, log, pubsub, pingWatchdog }: NotifyDeps): Promise<void> {
  if (!pingWatchdog) return;
  const blindness = await findBlindness(ctx.database.sql, { clock: ctx.clock, pubsub });
  if (blindness)
    return log.error({ blindness }, "Tidemark is blind: the watchdog outside is not told that all is well.");
  const failure = await pingWatchdog();
  if (failure) log.warn({ failure }, "The watchdog outside could not be told that Tidemark is well.");
}
