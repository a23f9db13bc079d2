import { type Context, requireScope } from "#server/access/index.ts";
import { Conflict } from "#server/errors.ts";
import { lockThread, queueDelivery } from "./delivery-thread.ts";
import { toDeliveryKey, unknownDelivery } from "./list-deliveries.ts";

/**
 * Sends a message again with its original key, so a receiver that already accepted it ignores it or updates its
 * copy. A waiting message is tried now. Attempts restart from zero.
 */
export async function replayDelivery({ ctx, input }: { ctx: Context; input: { id: string } }): Promise<void> {
  requireScope(ctx, "respond");
  const id = toDeliveryKey(input.id);
  await ctx.database.transaction(async (tx) => {
    const { rows } = await tx.query<{ channel: string; threadKey: string; known: boolean }>(
      `SELECT delivery.channel, thread_key AS "threadKey", channel.name IS NOT NULL AS known
         FROM delivery LEFT JOIN channel ON channel.name = delivery.channel WHERE id = $1`,
      [id],
    );
    const found = rows[0];
    if (!found) throw unknownDelivery(input.id);
    if (!found.known) {
      throw new Conflict(`The channel "${found.channel}" is gone: make it again, then send the delivery again.`);
    }
    await lockThread(tx, found.channel, found.threadKey);
    await tx.query(
      `UPDATE delivery
          SET state = 'queued', attempts = 0, next_attempt_at = $2, withdrawn_because = NULL, replayed_by = $3
        WHERE id = $1`,
      [id, ctx.clock.now(), ctx.actor],
    );
    await queueDelivery(tx, id);
  });
}
