import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { type EventTypeView, eventTypeStatement, toEventTypeJson } from "./event-type-view.ts";

/** One event type of the catalogue; NotFound for a name never claimed or reported. */
export async function readEventType({ ctx, input }: { ctx: Context; input: { name: string } }): Promise<EventTypeJson> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<EventTypeView>(`${eventTypeStatement} WHERE t.name = $1`, [input.name]);
  if (rows[0]) return toEventTypeJson(rows[0], ctx.clock.now());
  throw new NotFound(`Event type "${input.name}" does not exist. GET /api/v1/event-types lists all event types.`);
}
