import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { ChannelView } from "#components/channels/channel-view.tsx";
import { NotFound } from "#server/errors.ts";
import { readChannel } from "#server/notifications/index.ts";
import { listDeliveries } from "#server/outbox/index.ts";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Channel ${decodeSegment((await params).name)}` };
}

export default async function ChannelPage({ params }: Props) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const [status, channel, deliveries] = await Promise.all([
    readStatusNow(),
    readChannel({ ctx, input: { name } }).catch((error: unknown) => {
      if (error instanceof NotFound) return null;
      throw error;
    }),
    listDeliveries({ ctx, input: { before: null, limit: 10, channel: name } }),
  ]);
  if (channel === null) notFound();
  return <ChannelView channel={channel} deliveries={{ items: deliveries, nextCursor: null }} asOf={status.now} />;
}
