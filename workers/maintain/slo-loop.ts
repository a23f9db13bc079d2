import { queueDigests } from "#server/notifications/index.ts";
import { rollUpSlo } from "#server/slo/index.ts";
import { type LoopParts, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export interface RollUpDeps extends LoopParts {
  /** Waits this many product milliseconds, or until the signal aborts. */
  wait(productMs: number): Promise<void>;
}

const lease = { lease: "roll-up-slo", seconds: 15 };
const tickMs = 5_000;
/** However fast a drill's clock is, no more often than this. */
const leastRealMs = 1_000;
const daysAtOnce = 1_000;

/** Keeps service levels in step with verdicts: adds up changes, freezes months, restates frozen ones, and schedules their digests. One process at a time. */
export async function rollUpServiceLevels(deps: RollUpDeps): Promise<void> {
  const { ctx, log, turns, signal, wait } = deps;
  const rollUpTrouble = new Trouble(log, "Rolling service levels up");
  const digestTrouble = new Trouble(log, "Queuing monthly digests");
  await underLease(deps, lease, async (mayWork) => {
    while (!signal.aborted) {
      try {
        while ((await mayWork()) && !signal.aborted) {
          const days = await rollUpSlo({ ctx, input: { limit: daysAtOnce } });
          turns.completed("roll-up");
          if (days < daysAtOnce) break;
        }
        rollUpTrouble.passed();
      } catch (error) {
        rollUpTrouble.failed(error, "retrying the remaining days at the next tick");
      }
      turns.ended("roll-up");
      try {
        if ((await mayWork()) && !signal.aborted) {
          const digests = await queueDigests({ ctx });
          turns.completed("digests");
          if (digests > 0) log.info({ digests }, "Queued the monthly digest of service levels.");
        }
        digestTrouble.passed();
      } catch (error) {
        digestTrouble.failed(error, "retrying at the next tick");
      }
      turns.ended("digests");
      await wait(Math.max(tickMs, leastRealMs * ctx.clock.speed));
    }
  });
}
