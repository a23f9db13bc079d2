import { showContacts } from "#domain/access/addresses.ts";
import type { Owner } from "#domain/access/may-change.ts";
import type { ConsumerJson } from "#domain/api/consumers.ts";
import { type Call, type Context, type PlacedChange, requireOwnership, requireScope } from "#server/access/index.ts";
import type { Nouns, Transaction } from "#server/db/database.ts";
import type { Consumer } from "#server/db/generated/client.ts";
import { NotFound } from "#server/errors.ts";
import { toConsumerJson, withView } from "./consumer-view.ts";

export interface ConsumerName {
  eventType: string;
  consumer: string;
}

/** One consumer of an event type; NotFound for an unregistered name. */
export async function readConsumer({ ctx, input }: Call<ConsumerName>): Promise<ConsumerJson> {
  requireScope(ctx, "read");
  return showContacts(ctx, await loadConsumer(ctx.database, input));
}

export async function loadConsumer({ prisma }: Nouns, name: ConsumerName): Promise<ConsumerJson> {
  const row = await prisma.consumer.findFirst({ where: called(name), include: withView });
  if (!row) throw notRegistered(name);
  return toConsumerJson(row);
}

/** The consumer, row-locked against changes and removal until the transaction ends. */
export async function holdConsumer(tx: Transaction, name: ConsumerName): Promise<Consumer> {
  await tx.query(
    `SELECT FROM consumer c JOIN event_type t ON t.id = c.event_type_id WHERE t.name = $1 AND c.name = $2 FOR UPDATE OF c`,
    [name.eventType, name.consumer],
  );
  const row = await tx.prisma.consumer.findFirst({ where: called(name) });
  if (!row) throw notRegistered(name);
  return row;
}

/** The same, for a change of what follows it, such as its webhooks; throws AnotherTeams if the caller may not change it. */
export async function holdOwnConsumer(tx: Transaction, ctx: Context, name: ConsumerName): Promise<Consumer> {
  const consumer = await holdConsumer(tx, { eventType: name.eventType, consumer: name.consumer });
  requireOwnership(ctx, consumerChange(name, consumer.owner, consumer.owner));
  return consumer;
}

export function consumerChange(
  { eventType, consumer }: ConsumerName,
  before: Owner | undefined,
  after: Owner | undefined,
): PlacedChange {
  return { kind: "Consumer", name: `${consumer} of ${eventType}`, before, after };
}

export function notRegistered({ eventType, consumer }: ConsumerName): NotFound {
  return new NotFound(
    `${eventType} has no consumer "${consumer}". Register it with a contact: PUT /api/v1/event-types/${encodeURIComponent(eventType)}/consumers/${encodeURIComponent(consumer)}.`,
  );
}

function called({ eventType, consumer }: ConsumerName) {
  return { name: consumer, eventType: { name: eventType } };
}
