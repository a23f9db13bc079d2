import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import type { Sql } from "#server/db/database.ts";
import { Conflict } from "#server/errors.ts";
import { toDeliveryKey, unknownDelivery } from "./list-deliveries.ts";
import { wakeOutbox } from "./queue-deliveries.ts";

/**
 * Sends a message again with its original key, so a receiver that already accepted it ignores it or updates its
 * copy. A waiting message is tried now. Attempts restart from zero.
 */
export async function replayDelivery({ ctx, input }: Call<{ id: string }>): Promise<void> {
  requireScope(ctx, "respond");
  const id = toDeliveryKey(input.id);
  await ctx.database.transaction(async (tx) => {
    const { rows } = await tx.query<{ receiver: string; dedupKey: string; gone: boolean }>(
      `SELECT receiver, dedup_key AS "dedupKey", producer = 'channel' AND channel.name IS NULL AS gone
         FROM delivery LEFT JOIN channel ON channel.name = receiver WHERE id = $1`,
      [id],
    );
    const found = rows[0];
    if (!found) throw unknownDelivery(input.id);
    if (found.gone) {
      throw new Conflict(`Channel "${found.receiver}" was deleted. Create it again, then resend the delivery.`);
    }
    await sendAgain(tx, { ctx, ...found });
    const after = { receiver: found.receiver };
    await recordAct(tx, ctx, { act: "delivery.replayed", name: input.id, after });
  });
}

/** False: the receiver has no such message. One that is being sent just now is left to its claimant. */
export async function sendAgain(
  tx: Sql,
  { ctx, receiver, dedupKey }: { ctx: Context; receiver: string; dedupKey: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE delivery
        SET state = 'queued', attempts = 0, due_at = now(), next_attempt_at = $3, withdrawn_because = NULL, replayed_by = $4
      WHERE receiver = $1 AND dedup_key = $2`,
    [receiver, dedupKey, ctx.clock.now(), ctx.actor],
  );
  await wakeOutbox(tx);
  return rowCount === 1;
}
