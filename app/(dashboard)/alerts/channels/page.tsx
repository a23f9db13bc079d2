import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { ChannelList } from "#components/channels/channel-list.tsx";
import { listChannels, readRoutingTree } from "#server/notifications/index.ts";
import { listDeliveries } from "#server/outbox/index.ts";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage() {
  const ctx = await pageContext();
  const [status, channels, tree] = await Promise.all([
    readStatusNow(),
    listChannels({ ctx, input: { after: null, limit: 500 } }),
    readRoutingTree({ ctx }),
  ]);
  // Channels are few: the newest delivery of each is one index lookup.
  const last = await Promise.all(
    channels.items.map(({ name }) => listDeliveries({ ctx, input: { before: null, limit: 1, channel: name } })),
  );
  return (
    <ChannelList
      channels={{ items: channels.items, nextCursor: null }}
      last={Object.fromEntries(last.flat().map((delivery) => [delivery.channel, delivery]))}
      tree={tree}
      asOf={status.now}
    />
  );
}
