import { randomBytes } from "node:crypto";
import type { SubscriptionJson } from "#domain/api/consumers.ts";
import type { SubscriptionEvent } from "#domain/subscription.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import { type ConsumerName, holdConsumer } from "./read-consumer.ts";
import { loadSubscription } from "./subscription-view.ts";
import { mintWebhookSecret } from "./webhook-secret.ts";

export interface NewSubscription extends ConsumerName {
  url: string;
  allowPrivate: boolean;
  events: readonly SubscriptionEvent[];
  /** With the event `run`, else null. */
  runHours: number | null;
}

/** Lets a webhook tell a registered consumer. Only this answer holds the secret that its messages are signed with. */
export async function createSubscription({
  ctx,
  input,
}: {
  ctx: Context;
  input: NewSubscription;
}): Promise<SubscriptionJson & { secret: string }> {
  requireScope(ctx, "write");
  const id = `sub_${randomBytes(12).toString("hex")}`;
  const secret = mintWebhookSecret();
  const { url, allowPrivate, events, runHours } = input;
  return ctx.database.transaction(async (tx) => {
    const consumer = await holdConsumer(tx, input);
    await tx.query(
      `INSERT INTO subscription (id, consumer_id, event_type_id, url, allow_private, events, run_hours, secret, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        consumer.id,
        consumer.eventTypeId,
        url,
        allowPrivate,
        [...new Set(events)],
        runHours,
        secret,
        ctx.clock.now(),
        ctx.actor,
      ],
    );
    return { ...(await loadSubscription(tx, id)), secret };
  });
}
