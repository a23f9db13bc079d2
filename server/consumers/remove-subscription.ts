import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { holdOwnConsumer } from "./read-consumer.ts";
import { factsOfSubscription, loadSubscription } from "./subscription-view.ts";

/** Ends a webhook. A message being sent may still arrive; waiting ones are not sent. */
export async function removeSubscription({
  ctx,
  input: { id, precondition },
}: Call<{ id: string; precondition?: Precondition | undefined }>): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    // The consumer first, as everywhere.
    await holdOwnConsumer(tx, ctx, await loadSubscription(tx, id));
    await tx.query("SELECT FROM subscription WHERE id = $1 FOR UPDATE", [id]);
    const held = await loadSubscription(tx, id);
    checkPrecondition(precondition, { what: `The webhook ${id}`, tag: held.etag });
    await tx.prisma.subscription.delete({ where: { id } });
    await recordAct(tx, ctx, { act: "subscription.deleted", name: id, before: factsOfSubscription(held) });
    await tx.query("DELETE FROM delivery WHERE producer = 'subscription' AND receiver = $1", [id]);
    await tx.query("DELETE FROM subscription_message WHERE subscription_id = $1", [id]);
    await tx.query("DELETE FROM day_mark WHERE subscription_id = $1", [id]);
    await tx.query("DELETE FROM pending_amendment WHERE subscription_id = $1", [id]);
  });
}
