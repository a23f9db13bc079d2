import type { Metadata } from "next";
import { orNotFound } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { DeliveryView } from "#components/deliveries/delivery-view.tsx";
import { readDelivery } from "#server/outbox/index.ts";

export const metadata: Metadata = { title: "Delivery" };

export default async function DeliveryPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await pageContext();
  const [status, delivery] = await Promise.all([readStatusNow(), orNotFound(readDelivery({ ctx, input: { id } }))]);
  return <DeliveryView initial={delivery} asOf={status.now} />;
}
