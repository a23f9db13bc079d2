import type { SubscriptionJson } from "#domain/api/consumers.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { holdOwnConsumer } from "./read-consumer.ts";
import { loadSubscription, noSubscription } from "./subscription-view.ts";
import { mintWebhookSecret, secretPlace } from "./webhook-secret.ts";

const overlapMs = 24 * 3_600_000;

/** Gives a webhook a new secret. Messages are signed with both for a day, so a receiver can switch without losing any. */
export async function rotateSecret({
  ctx,
  input,
}: Call<{ id: string }>): Promise<SubscriptionJson & { secret: string }> {
  requireScope(ctx, "write");
  const secret = mintWebhookSecret();
  const { secrets } = ctx.database;
  const { id } = input;
  return ctx.database.transaction(async (tx) => {
    await holdOwnConsumer(tx, ctx, await loadSubscription(tx, id));
    // Two rotations at once keep the secret between them.
    await tx.query("SELECT FROM subscription WHERE id = $1 FOR UPDATE", [id]);
    const held = await tx.prisma.subscription.findUnique({ where: { id } });
    if (held === null) throw noSubscription(id);
    await tx.prisma.subscription.update({
      where: { id },
      data: {
        secret: secrets.seal(secretPlace(id), secret),
        previousSecret: secrets.reseal(secretPlace(id), held.secret),
        previousSecretUntil: new Date(ctx.clock.now().getTime() + overlapMs),
      },
    });
    await recordAct(tx, ctx, { act: "subscription.secret_rotated", name: id });
    return { ...(await loadSubscription(tx, id)), secret };
  });
}
