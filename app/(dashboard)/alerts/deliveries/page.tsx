import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { DeliveryLog } from "#components/deliveries/delivery-log.tsx";
import { deliveriesAtOnce, deliveriesHref } from "#components/deliveries/delivery-words.ts";
import { idIn, textIn } from "#components/ui/page-search.ts";
import { deliveryProducers, deliveryStates } from "#domain/api/deliveries.ts";
import { listChannels } from "#server/notifications/index.ts";
import { listDeliveries } from "#server/outbox/index.ts";
import { cutPage } from "#server/page.ts";

export const metadata: Metadata = { title: "Deliveries" };

export default async function DeliveriesPage({ searchParams }: SearchedPage) {
  const asked = await searchParams;
  const filter = {
    producer: deliveryProducers.find((producer) => producer === asked.producer) ?? null,
    channel: textIn(asked, "channel") || null,
    state: deliveryStates.find((state) => state === asked.state) ?? null,
  };
  const before = idIn(asked, "before");
  const ctx = await pageContext();
  const input = {
    before,
    limit: deliveriesAtOnce + 1,
    producer: filter.producer ?? undefined,
    channel: filter.channel ?? undefined,
    state: filter.state ?? undefined,
  };
  const [status, found, channels] = await Promise.all([
    readStatusNow(),
    listDeliveries({ ctx, input }),
    listChannels({ ctx, input: { after: null, limit: 500 } }),
  ]);
  const { items, next } = cutPage(found, deliveriesAtOnce, ({ id }) => id);
  // A deleted channel may still be asked for.
  const names = new Set([...channels.items.map(({ name }) => name), ...(filter.channel ? [filter.channel] : [])]);
  return (
    <DeliveryLog
      deliveries={{ items, nextCursor: null }}
      filter={filter}
      channels={[...names].sort()}
      before={before === null ? null : String(before)}
      olderHref={next === null ? null : deliveriesHref(filter, next)}
      asOf={status.now}
    />
  );
}
