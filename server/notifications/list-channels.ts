import { hideTargets, seesTargets } from "#domain/access/addresses.ts";
import type { ChannelJson } from "#domain/api/routing.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { loadOnCallChannels } from "#server/catalogue/index.ts";
import type { Channel } from "#server/db/generated/client.ts";
import { cutPage, type Page, type PageInput, pageByName } from "#server/page.ts";
import { loadDigests, toChannelJson } from "./channel-row.ts";
import { findChannel } from "./find-channel.ts";
import { loadTree } from "./load-tree.ts";

/** Channels by name. */
export async function listChannels({ ctx, input }: Call<PageInput<string>>): Promise<Page<ChannelJson, string>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.channel.findMany(pageByName(input));
  const page = cutPage(rows, input.limit, ({ name }) => name);
  return { ...page, items: page.items.map(await loadDescription(ctx, page.items)) };
}

export async function readChannel({ ctx, input }: Call<{ name: string }>): Promise<ChannelJson> {
  requireScope(ctx, "read");
  const channel = await findChannel(ctx.database, input.name);
  const toJson = await loadDescription(ctx, [channel]);
  return toJson(channel);
}

/** Returns a function that describes one of these channels, with its receivers, schedules and digests. */
async function loadDescription(ctx: Context, channels: readonly Channel[]): Promise<(channel: Channel) => ChannelJson> {
  const { sql } = ctx.database;
  const tree = await loadTree(sql);
  const schedules = await loadOnCallChannels(sql);
  const names = channels.map(({ name }) => name);
  const digests = await loadDigests(sql, names);
  const now = ctx.clock.now();
  return (channel) => {
    const json = toChannelJson(channel, {
      tree,
      schedules: schedules.get(channel.name) ?? [],
      digests: digests.get(channel.name) ?? [],
      now,
    });
    return seesTargets(ctx, json.spec.owner ?? null) ? json : { ...json, spec: hideTargets(json.spec) };
  };
}
