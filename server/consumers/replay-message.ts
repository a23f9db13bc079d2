import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { NotFound } from "#server/errors.ts";
import { sendAgain } from "#server/outbox/index.ts";

/**
 * Sends a message again with its original webhook-id, or now if it still waits. Attempts restart from zero; it keeps
 * its original place in its hour's sequence.
 */
export async function replayMessage({ ctx, input }: Call<{ id: string; messageId: string }>): Promise<void> {
  requireScope(ctx, "respond");
  await ctx.database.transaction(async (tx) => {
    if (!(await sendAgain(tx, { ctx, receiver: input.id, dedupKey: input.messageId }))) {
      throw new NotFound(
        `The subscription "${input.id}" has no message "${input.messageId}". GET /api/v1/subscriptions/${encodeURIComponent(input.id)}/messages lists them.`,
      );
    }
    const after = { message: input.messageId };
    await recordAct(tx, ctx, { act: "subscription.message_replayed", name: input.id, after });
  });
}
