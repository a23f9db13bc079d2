import { type Call, requireOwnership, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Conflict } from "#server/errors.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { auditedName, consumerTag, specOf } from "./consumer-view.ts";
import { type ConsumerName, consumerChange, holdConsumer } from "./read-consumer.ts";

/** Deletes a consumer and what it read. Conflict while it has webhooks: they are ended explicitly, never implicitly. */
export async function removeConsumer({
  ctx,
  input,
}: Call<ConsumerName & { precondition?: Precondition | undefined }>): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    const held = await holdConsumer(tx, input);
    requireOwnership(ctx, consumerChange(input, held.owner, undefined));
    checkPrecondition(input.precondition, { what: `"${input.consumer}"`, tag: consumerTag(held) });
    const { id: consumerId, eventTypeId } = held;
    const webhooks = await tx.prisma.subscription.findMany({ where: { consumerId }, orderBy: { id: "asc" } });
    if (webhooks.length > 0) {
      const ids = webhooks.map(({ id }) => id).join(", ");
      throw new Conflict(
        `Webhooks still notify ${input.consumer}: ${ids}. Delete them first with DELETE /api/v1/subscriptions/{id}.`,
      );
    }
    await tx.prisma.hourReading.deleteMany({ where: { eventTypeId, consumerId } });
    await tx.prisma.consumer.delete({ where: { id: consumerId } });
    const name = auditedName(input);
    await recordAct(tx, ctx, { act: "consumer.deleted", name, team: held.owner, before: specOf(held) });
  });
}
