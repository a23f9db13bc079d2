import type { ConsumerJson } from "#domain/api/consumers.ts";
import { type Call, requireOwnership, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { findEventType } from "#server/verdicts/index.ts";
import { auditedName, type ConsumerSpec, consumerTag, specOf } from "./consumer-view.ts";
import { type ConsumerName, consumerChange, holdConsumer, loadConsumer } from "./read-consumer.ts";

interface PutConsumerInput extends ConsumerName {
  spec: ConsumerSpec;
  precondition?: Precondition | undefined;
}

/** Registers or updates a consumer of an event type: omitted fields return to their defaults. */
export async function putConsumer({ ctx, input }: Call<PutConsumerInput>): Promise<ConsumerJson> {
  requireScope(ctx, "write");
  const { id: eventTypeId } = await findEventType(ctx.database.sql, input.eventType);
  const { contact, description, minCompleteness, owner } = input.spec;
  const updatedAt = ctx.clock.now();
  const spec = { contact, description, minCompleteness, owner, updatedAt };
  const first = { eventTypeId, name: input.consumer, registeredAt: updatedAt, registeredBy: ctx.actor };
  return ctx.database.transaction(async (tx) => {
    const { consumer } = tx.prisma;
    // A second writer of a new name waits here for the first, and then finds its row.
    const { count } = await consumer.createMany({ data: { ...first, ...spec }, skipDuplicates: true });
    const before = count === 1 ? null : await holdConsumer(tx, input);
    requireOwnership(ctx, consumerChange(input, before ? before.owner : undefined, owner));
    const tag = before && consumerTag(before);
    checkPrecondition(input.precondition, { what: `"${input.consumer}"`, tag });
    const isChanged = before !== null && tag !== consumerTag(spec);
    if (isChanged) await consumer.update({ where: { id: before.id }, data: spec });
    if (before === null || isChanged) {
      const act = before === null ? "consumer.created" : "consumer.changed";
      const [was, is] = [before && specOf(before), specOf(spec)];
      await recordAct(tx, ctx, { act, name: auditedName(input), team: owner, before: was, after: is });
    }
    return loadConsumer(tx, input);
  });
}
