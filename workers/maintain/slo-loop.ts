import type { Context } from "#server/access/context.ts";
import { keepLease, releaseLease } from "#server/db/lease.ts";
import type { Log } from "#server/log.ts";
import { queueDigests } from "#server/notifications/queue-digests.ts";
import { rollUpSlo } from "#server/slo/roll-up-slo.ts";

export interface RollUpDeps {
  ctx: Context;
  instance: string;
  log: Log;
  signal: AbortSignal;
  /** Waits so many product milliseconds, or until the signal aborts. */
  wait(productMs: number): Promise<void>;
}

const lease = "roll-up-slo";
const leaseSeconds = 15;
const tickMs = 5_000;
/** However fast a drill's clock runs, no more often than this. */
const leastRealMs = 1_000;
const daysAtOnce = 1_000;

/** Keeps service levels in step with verdicts: adds up what changed, freezes months, restates frozen ones, and has digests of them sent. One process at a time. */
export async function rollUpServiceLevels({ ctx, instance, log, signal, wait }: RollUpDeps): Promise<void> {
  const holds = keepLease(ctx.database.sql, lease, instance, leaseSeconds);
  while (!signal.aborted) {
    try {
      while ((await holds()) && !signal.aborted) {
        const days = await rollUpSlo({ ctx, input: { limit: daysAtOnce } });
        if (days < daysAtOnce) break;
      }
    } catch (error) {
      log.error({ err: error }, "Adding up service levels failed; the days it left are added up at the next tick.");
    }
    try {
      if ((await holds()) && !signal.aborted) {
        const digests = await queueDigests({ ctx });
        if (digests > 0) log.info({ digests }, "Queued the monthly digest of service levels.");
      }
    } catch (error) {
      log.error({ err: error }, "Deciding on monthly digests failed; what is due is looked at again at the next tick.");
    }
    await wait(Math.max(tickMs, leastRealMs * ctx.clock.speed));
  }
  await releaseLease(ctx.database.sql, lease, instance).catch(() => undefined);
}
