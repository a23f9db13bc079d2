import { type Context, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { queueDelivery } from "./queue-messages.ts";

/**
 * Sends a message again with its original webhook-id, or now if it still waits. Attempts restart from zero; it keeps
 * its original place in its hour's sequence.
 */
export async function replayMessage({
  ctx,
  input,
}: {
  ctx: Context;
  input: { id: string; messageId: string };
}): Promise<void> {
  requireScope(ctx, "respond");
  await ctx.database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE subscription_message SET attempts = 0, delivered_at = NULL, gave_up_at = NULL
        WHERE subscription_id = $1 AND id = $2`,
      [input.id, input.messageId],
    );
    if (rowCount === 0) {
      throw new NotFound(
        `The subscription "${input.id}" has no message "${input.messageId}". GET /api/v1/subscriptions/${encodeURIComponent(input.id)}/messages lists them.`,
      );
    }
    await queueDelivery(tx, input.messageId);
  });
}
