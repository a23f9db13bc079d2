import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "#server/access/index.ts";
import { sendAmendments, sendDays } from "#server/consumers/index.ts";
import type { Log } from "#server/process/log.ts";
import type { TurnLog } from "#server/turns/index.ts";
import { repeat } from "../loop-parts.ts";

/** How often to poll for days, and for amendments whose changes have stopped: each second, in a drill more often. */
const lookMs = 1_000;
const leastLookMs = 100;

/** Queues consumers' messages that waited for changes to stop, until the signal aborts. */
export async function sendWhatRested(deps: {
  ctx: Context;
  log: Log;
  turns: TurnLog;
  signal: AbortSignal;
}): Promise<void> {
  const { ctx, signal } = deps;
  const pauseMs = Math.max(leastLookMs, ctx.clock.toRealMs(lookMs));
  await repeat(deps, {
    turn: "consumer-messages",
    what: "Looking for amendments and days to send",
    async work() {
      await sendAmendments({ ctx });
      await sendDays({ ctx });
      return true;
    },
    pause: () => sleep(pauseMs, undefined, { signal }).catch(() => undefined),
  });
}
