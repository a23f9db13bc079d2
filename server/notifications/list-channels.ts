import { hideTargets, seesTargets } from "#domain/access/addresses.ts";
import type { ChannelJson } from "#domain/api/routing.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { loadOnCallChannels } from "#server/catalogue/index.ts";
import type { Channel } from "#server/db/generated/client.ts";
import { cutPage, type Page } from "#server/page.ts";
import { loadDigests, toChannelJson } from "./channel-row.ts";
import { findChannel } from "./find-channel.ts";
import { loadTree } from "./load-tree.ts";

/** Channels by name. */
export async function listChannels({
  ctx,
  input: { after, limit },
}: Call<{ after: string | null; limit: number }>): Promise<Page<ChannelJson, string>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.channel.findMany({
    where: after === null ? {} : { name: { gt: after } },
    orderBy: { name: "asc" },
    take: limit + 1,
  });
  const page = cutPage(rows, limit, ({ name }) => name);
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
  const digests = await loadDigests(
    sql,
    channels.map(({ name }) => name),
  );
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
