import { setTimeout as sleep } from "node:timers/promises";
import { sendWebhook } from "#server/adapters/webhook.ts";
import {
  deliverSubscription,
  deliverSubscriptionTask,
  type SubscriptionContext,
  sendAmendments,
  sendDays,
} from "#server/consumers/index.ts";
import { runJobs } from "#server/jobs/index.ts";
import type { Log } from "#server/process/log.ts";
import type { TurnLog } from "#server/turns/index.ts";
import { Trouble } from "../trouble.ts";

export interface SubscriptionDeps {
  ctx: Omit<SubscriptionContext, "post">;
  log: Log;
  turns: TurnLog;
  signal: AbortSignal;
}

const sendAtOnce = 8;

/** Serves consumers' webhooks until the signal aborts. In a pool of its own: consumers that hang must not hold up a page. */
export async function serveSubscriptions(deps: SubscriptionDeps): Promise<void> {
  const { ctx, log, signal } = deps;
  const sending: SubscriptionContext = { ...ctx, post: sendWebhook };
  const tasks = {
    [deliverSubscriptionTask]: ({ messageId }: { messageId: string }) =>
      deliverSubscription({ ctx: sending, input: { messageId } }),
  };
  await Promise.all([
    runJobs({ url: ctx.database.url, tasks, concurrency: sendAtOnce, log, signal }),
    sendWhatRested(deps),
  ]);
}

/** How often to poll for days, and for amendments whose changes have stopped: each second, in a drill more often. */
const lookMs = 1_000;
const leastLookMs = 100;

async function sendWhatRested({ ctx, log, turns, signal }: SubscriptionDeps): Promise<void> {
  const trouble = new Trouble(log, "Looking for amendments and days to send");
  const pauseMs = Math.max(leastLookMs, ctx.clock.toRealMs(lookMs));
  while (!signal.aborted) {
    try {
      await sendAmendments({ ctx });
      await sendDays({ ctx });
      turns.completed("consumer-messages");
      trouble.passed();
    } catch (error) {
      trouble.failed(error, "trying again in a second");
      turns.ended("consumer-messages");
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
