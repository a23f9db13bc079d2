import { type Context, requireScope } from "#server/access/index.ts";
import { noSubscription } from "./subscription-view.ts";

/** Ends a webhook. A message being sent may still arrive; waiting ones are not sent. */
export async function removeSubscription({ ctx, input }: { ctx: Context; input: { id: string } }): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    const { count } = await tx.prisma.subscription.deleteMany({ where: { id: input.id } });
    if (count === 0) throw noSubscription(input.id);
    await tx.query("DELETE FROM delivery WHERE producer = 'subscription' AND receiver = $1", [input.id]);
    await tx.query("DELETE FROM subscription_message WHERE subscription_id = $1", [input.id]);
    await tx.query("DELETE FROM day_mark WHERE subscription_id = $1", [input.id]);
    await tx.query("DELETE FROM pending_amendment WHERE subscription_id = $1", [input.id]);
  });
}
