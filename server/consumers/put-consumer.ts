import type { ConsumerJson } from "#domain/api/consumers.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { findEventType } from "#server/verdicts/index.ts";
import { type ConsumerName, loadConsumer } from "./read-consumer.ts";

export interface ConsumerSpec {
  contact: string;
  description: string | null;
  minCompleteness: number | null;
}

/** Registers or updates a consumer of an event type: omitted fields return to their defaults. */
export async function putConsumer({
  ctx,
  input,
}: {
  ctx: Context;
  input: ConsumerName & { spec: ConsumerSpec };
}): Promise<ConsumerJson> {
  requireScope(ctx, "write");
  const { sql } = ctx.database;
  const type = await findEventType(sql, input.eventType);
  const { contact, description, minCompleteness } = input.spec;
  await sql.query(
    `INSERT INTO consumer (event_type_id, name, contact, description, min_completeness, registered_at, registered_by, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $6)
     ON CONFLICT (event_type_id, name) DO UPDATE
       SET contact = excluded.contact, description = excluded.description,
           min_completeness = excluded.min_completeness, updated_at = excluded.updated_at
       WHERE (consumer.contact, consumer.description, consumer.min_completeness)
             IS DISTINCT FROM (excluded.contact, excluded.description, excluded.min_completeness)`,
    [type.id, input.consumer, contact, description, minCompleteness, ctx.clock.now(), ctx.actor],
  );
  return loadConsumer(sql, input);
}
