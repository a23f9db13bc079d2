import type { SubscriptionJson } from "#domain/api/consumers.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { loadSubscription, noSubscription } from "./subscription-view.ts";
import { mintWebhookSecret } from "./webhook-secret.ts";

const overlapMs = 24 * 3_600_000;

/** Gives a webhook a new secret. Messages are signed with both for a day, so a receiver can switch without losing any. */
export async function rotateSecret({
  ctx,
  input,
}: Call<{ id: string }>): Promise<SubscriptionJson & { secret: string }> {
  requireScope(ctx, "write");
  const secret = mintWebhookSecret();
  return ctx.database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      // In SQL: one statement, so that two rotations at once keep the secret between them.
      "UPDATE subscription SET previous_secret = secret, previous_secret_until = $3, secret = $2 WHERE id = $1",
      [input.id, secret, new Date(ctx.clock.now().getTime() + overlapMs)],
    );
    if (rowCount === 0) throw noSubscription(input.id);
    return { ...(await loadSubscription(tx, input.id)), secret };
  });
}
