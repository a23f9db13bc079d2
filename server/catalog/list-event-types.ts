import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type EventTypeView, eventTypeStatement, toEventTypeJson } from "./event-type-view.ts";

export interface ListEventTypesInput {
  /** The name after which the page starts. */
  readonly after: string | null;
  readonly limit: number;
  readonly status?: "discovered" | "claimed" | undefined;
  readonly tier?: string | undefined;
  readonly owner?: string | undefined;
}

/** The catalogue's event types in order of name. */
export async function listEventTypes({
  ctx,
  input,
}: {
  ctx: Context;
  input: ListEventTypesInput;
}): Promise<Page<EventTypeJson, string>> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<EventTypeView>(
    `${eventTypeStatement}
      WHERE ($1::text IS NULL OR t.name > $1)
        AND ($2::boolean IS NULL OR (t.claimed_at IS NOT NULL) = $2)
        AND ($3::text IS NULL OR t.tier = $3)
        AND ($4::text IS NULL OR t.owner = $4)
      ORDER BY t.name LIMIT $5`,
    [
      input.after,
      input.status === undefined ? null : input.status === "claimed",
      input.tier ?? null,
      input.owner ?? null,
      input.limit + 1,
    ],
  );
  return cutPage(rows.map(toEventTypeJson), input.limit, (item) => item.name);
}
