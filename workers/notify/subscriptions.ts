import { sendWebhook } from "#server/adapters/webhook.ts";
import { deliverSubscription, type SubscriptionContext } from "#server/consumers/deliver-subscription.ts";
import { deliverSubscriptionTask } from "#server/consumers/queue-messages.ts";
import { runJobs } from "#server/jobs/run-jobs.ts";
import type { Log } from "#server/log.ts";

export interface SubscriptionDeps {
  ctx: Omit<SubscriptionContext, "post">;
  log: Log;
  signal: AbortSignal;
}

const tellAtOnce = 8;

/** Tells consumers' webhooks until the signal aborts. In a pool of its own: consumers that hang must not hold up a page. */
export function tellSubscriptions({ ctx, log, signal }: SubscriptionDeps): Promise<void> {
  const telling: SubscriptionContext = { ...ctx, post: sendWebhook };
  const tasks = {
    [deliverSubscriptionTask]: ({ messageId }: { messageId: string }) =>
      deliverSubscription({ ctx: telling, input: { messageId } }),
  };
  return runJobs({ url: ctx.database.url, tasks, concurrency: tellAtOnce, log, signal });
}
