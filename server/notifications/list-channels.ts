import type { ChannelJson } from "#domain/api/routing.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type ChannelRow, channelColumns, toChannelJson } from "./channel-row.ts";
import { loadTree } from "./load-tree.ts";

/** Channels by name. */
export async function listChannels({
  ctx,
  input,
}: {
  ctx: Context;
  input: { after: string | null; limit: number };
}): Promise<Page<ChannelJson, string>> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const { rows } = await sql.query<ChannelRow>(
    `SELECT ${channelColumns} FROM channel WHERE $1::text IS NULL OR name > $1 ORDER BY name LIMIT $2`,
    [input.after, input.limit + 1],
  );
  const tree = await loadTree(sql);
  const now = ctx.clock.now();
  const page = cutPage(rows, input.limit, ({ name }) => name);
  return { ...page, items: page.items.map((row) => toChannelJson(row, tree, now)) };
}

export async function readChannel({ ctx, input }: { ctx: Context; input: { name: string } }): Promise<ChannelJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const { rows } = await sql.query<ChannelRow>(`SELECT ${channelColumns} FROM channel WHERE name = $1`, [input.name]);
  if (!rows[0]) throw noChannel(input.name);
  return toChannelJson(rows[0], await loadTree(sql), ctx.clock.now());
}

export function noChannel(name: string): NotFound {
  return new NotFound(`Channel "${name}" does not exist. GET /api/v1/channels lists them; names are case-sensitive.`);
}
