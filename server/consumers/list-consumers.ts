import type { ConsumerJson } from "#domain/api/consumers.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import { findEventType } from "#server/verdicts/index.ts";
import { type ConsumerView, consumerStatement, toConsumerJson } from "./consumer-view.ts";

/** The event type's consumers, by name. */
export async function listConsumers({
  ctx,
  input,
}: {
  ctx: Context;
  input: { eventType: string; after: string | null; limit: number };
}): Promise<Page<ConsumerJson, string>> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const type = await findEventType(sql, input.eventType);
  const { rows } = await sql.query<ConsumerView>(
    `${consumerStatement} WHERE c.event_type_id = $1 AND ($2::text IS NULL OR c.name > $2) ORDER BY c.name LIMIT $3`,
    [type.id, input.after, input.limit + 1],
  );
  return cutPage(rows.map(toConsumerJson), input.limit, ({ name }) => name);
}

export interface ConsumerKey {
  eventType: string;
  name: string;
}

/** All consumers, by event type and name. */
export async function listAllConsumers({
  ctx,
  input,
}: {
  ctx: Context;
  input: { after: ConsumerKey | null; limit: number };
}): Promise<Page<ConsumerJson, ConsumerKey>> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<ConsumerView>(
    `${consumerStatement} WHERE $1::text IS NULL OR (t.name, c.name) > ($1, $2) ORDER BY t.name, c.name LIMIT $3`,
    [input.after?.eventType ?? null, input.after?.name ?? null, input.limit + 1],
  );
  return cutPage(rows.map(toConsumerJson), input.limit, ({ eventType, name }) => ({ eventType, name }));
}
