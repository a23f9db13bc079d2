import { type Context, requireScope } from "#server/access/index.ts";
import { Conflict } from "#server/errors.ts";
import { type ConsumerName, holdConsumer } from "./read-consumer.ts";

/** Deletes a consumer and what it read. Conflict while it has webhooks: they are ended explicitly, never implicitly. */
export async function removeConsumer({ ctx, input }: { ctx: Context; input: ConsumerName }): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    const { id, eventTypeId } = await holdConsumer(tx, input);
    const { rows } = await tx.query<{ id: string }>("SELECT id FROM subscription WHERE consumer_id = $1 ORDER BY id", [
      id,
    ]);
    if (rows.length > 0) {
      const ids = rows.map((row) => row.id).join(", ");
      throw new Conflict(
        `Webhooks still notify ${input.consumer}: ${ids}. Delete them first with DELETE /api/v1/subscriptions/{id}.`,
      );
    }
    await tx.query("DELETE FROM hour_reading WHERE event_type_id = $1 AND consumer_id = $2", [eventTypeId, id]);
    await tx.query("DELETE FROM consumer WHERE id = $1", [id]);
  });
}
