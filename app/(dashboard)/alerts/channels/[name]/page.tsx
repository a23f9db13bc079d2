import { decodeSegment, type NamedPage, orNotFound, titledBy } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { ChannelView } from "#components/channels/channel-view.tsx";
import { readChannel } from "#server/notifications/index.ts";
import { listDeliveries } from "#server/outbox/index.ts";

export const generateMetadata = titledBy((name) => `Channel ${name}`);

export default async function ChannelPage({ params }: NamedPage) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const [status, channel, deliveries] = await Promise.all([
    readStatusNow(),
    orNotFound(readChannel({ ctx, input: { name } })),
    listDeliveries({ ctx, input: { before: null, limit: 10, channel: name } }),
  ]);
  return <ChannelView channel={channel} deliveries={{ items: deliveries, nextCursor: null }} asOf={status.now} />;
}
