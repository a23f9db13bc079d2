import { nextAttempt } from "#domain/notification/next-attempt.ts";
import type { SendOutcome } from "#domain/notification.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type ClaimedMessage, claimMessage } from "./claim-message.ts";
import { queueDelivery, threadOf } from "./queue-messages.ts";
import { webhookBody } from "./webhook-body.ts";

export interface SubscriptionPost {
  url: string;
  /** The webhook-id. */
  id: string;
  body: string;
  /** All sign; the current one first. */
  secrets: string[];
  allowPrivate: boolean;
}

/** The notifying process's context beyond every use case's. */
export interface SubscriptionContext extends Context {
  readonly post: (message: SubscriptionPost) => Promise<SendOutcome>;
  /** Prefix of `readyUrl`. */
  readonly publicUrl: string;
}

/**
 * Sends a webhook one message if it still waits and none of its hour is ahead of it. It is claimed first, so that only one of
 * two jobs sends it. No transaction is open during the request, and "delivered" is written after it succeeded: a kill
 * in between sends it again with the same id once the claim has expired.
 */
export async function deliverSubscription({
  ctx,
  input,
}: {
  ctx: SubscriptionContext;
  input: { messageId: string };
}): Promise<void> {
  requireScope(ctx, "admin");
  const message = await ctx.database.transaction((tx) => claimMessage(tx, input.messageId));
  if (!message) return;
  const isBothSigned = message.previousSecretUntil !== null && message.previousSecretUntil > ctx.clock.now();
  const outcome = await ctx.post({
    url: message.url,
    id: message.id,
    body: webhookBody(message, ctx.publicUrl),
    secrets: [message.secret, ...(isBothSigned && message.previousSecret ? [message.previousSecret] : [])],
    allowPrivate: message.allowPrivate,
  });
  const retryInMs = retryOf(ctx, message, outcome);
  await ctx.database.transaction(async (tx) => {
    if (!(await record(tx, message, outcome, retryInMs, ctx.clock.now()))) return;
    if (retryInMs !== null) await queueDelivery(tx, message.id, retryInMs);
    else await queueNextOfHour(tx, message);
  });
}

/** Real milliseconds; null: no retry. */
function retryOf(ctx: Context, message: ClaimedMessage, outcome: SendOutcome): number | null {
  if (outcome.outcome !== "retryable") return null;
  return nextAttempt({
    channelType: "webhook",
    attempts: message.attempts + 1,
    sinceFirstMs: ctx.clock.toRealMs(ctx.clock.now().getTime() - message.queuedAt.getTime()),
    afterMs: outcome.afterMs,
    chance: Math.random(),
  });
}

/** False if the claim expired and another process took it, or the subscription was ended meanwhile. */
async function record(
  tx: Sql,
  message: ClaimedMessage,
  outcome: SendOutcome,
  retryInMs: number | null,
  now: Date,
): Promise<boolean> {
  const isSent = outcome.outcome === "sent";
  const { rowCount } = await tx.query(
    `UPDATE subscription_message
        SET attempts = attempts + 1, delivered_at = $2, gave_up_at = $3, last_error = $4, claimed_by = NULL, claimed_until = NULL
      WHERE id = $1 AND claimed_by = $5 AND delivered_at IS NULL AND gave_up_at IS NULL`,
    [
      message.id,
      isSent ? now : null,
      isSent || retryInMs !== null ? null : now,
      isSent ? null : outcome.detail.slice(0, 1_000),
      message.claim,
    ],
  );
  return rowCount === 1;
}

/** Queues the message that waited for this one. */
async function queueNextOfHour(tx: Sql, { id }: ClaimedMessage): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT m.id
       FROM subscription_message ended
       JOIN subscription_message m
         ON m.subscription_id = ended.subscription_id AND m.hour = ended.hour AND ${threadOf("m")} = ${threadOf("ended")}
      WHERE ended.id = $1 AND m.delivered_at IS NULL AND m.gave_up_at IS NULL
      ORDER BY m.sequence LIMIT 1`,
    [id],
  );
  if (rows[0]) await queueDelivery(tx, rows[0].id);
}
