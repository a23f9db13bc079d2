import type { EventTypeJson } from "#domain/api/catalogue.ts";
import type { CatalogueStatus } from "#domain/catalogue/status.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { type EventTypeView, eventTypeStatement, toEventTypeJson } from "./event-type-view.ts";

export interface ListEventTypesInput extends PageInput<string> {
  readonly status?: CatalogueStatus | undefined;
  readonly tier?: string | undefined;
  readonly owner?: string | undefined;
}

/** The catalogue's event types by name. */
export async function listEventTypes({ ctx, input }: Call<ListEventTypesInput>): Promise<Page<EventTypeJson, string>> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { rows } = await ctx.database.sql.query<EventTypeView>(
    `${eventTypeStatement}
      WHERE ($1::text IS NULL OR t.name > $1)
        AND ($2::text IS NULL
             OR $2 = CASE WHEN t.claimed_at IS NULL THEN 'discovered' WHEN t.active_to <= $6 THEN 'retired' ELSE 'claimed' END)
        AND ($3::text IS NULL OR t.tier = $3)
        AND ($4::text IS NULL OR t.owner = $4)
      ORDER BY t.name LIMIT $5`,
    [input.after, input.status ?? null, input.tier ?? null, input.owner ?? null, input.limit + 1, now],
  );
  const items = rows.map((row) => toEventTypeJson(row, now));
  return cutPage(items, input.limit, ({ name }) => name);
}

/** One event type of the catalogue; NotFound for a name never claimed or reported. */
export async function readEventType({ ctx, input }: Call<{ name: string }>): Promise<EventTypeJson> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<EventTypeView>(`${eventTypeStatement} WHERE t.name = $1`, [input.name]);
  if (rows[0]) return toEventTypeJson(rows[0], ctx.clock.now());
  throw new NotFound(`Event type "${input.name}" does not exist. GET /api/v1/event-types lists all event types.`);
}
