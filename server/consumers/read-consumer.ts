import type { ConsumerJson } from "#domain/api/consumers.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { type ConsumerView, consumerStatement, toConsumerJson } from "./consumer-view.ts";

export interface ConsumerName {
  eventType: string;
  consumer: string;
}

/** One consumer of an event type; NotFound for an unregistered name. */
export async function readConsumer({ ctx, input }: { ctx: Context; input: ConsumerName }): Promise<ConsumerJson> {
  requireScope(ctx, "read");
  return loadConsumer(ctx.database.sql, input);
}

export async function loadConsumer(sql: Sql, name: ConsumerName): Promise<ConsumerJson> {
  const { rows } = await sql.query<ConsumerView>(`${consumerStatement} WHERE t.name = $1 AND c.name = $2`, [
    name.eventType,
    name.consumer,
  ]);
  if (rows[0]) return toConsumerJson(rows[0]);
  throw notRegistered(name);
}

/** The consumer's key, row-locked against removal until the transaction ends. */
export async function holdConsumer(tx: Sql, name: ConsumerName): Promise<{ id: number; eventTypeId: number }> {
  const { rows } = await tx.query<{ id: number; eventTypeId: number }>(
    `SELECT c.id, c.event_type_id AS "eventTypeId"
       FROM consumer c JOIN event_type t ON t.id = c.event_type_id
      WHERE t.name = $1 AND c.name = $2
        FOR UPDATE OF c`,
    [name.eventType, name.consumer],
  );
  if (rows[0]) return rows[0];
  throw notRegistered(name);
}

export function notRegistered({ eventType, consumer }: ConsumerName): NotFound {
  return new NotFound(
    `${eventType} has no consumer "${consumer}". Register it with a contact: PUT /api/v1/event-types/${encodeURIComponent(eventType)}/consumers/${encodeURIComponent(consumer)}.`,
  );
}
