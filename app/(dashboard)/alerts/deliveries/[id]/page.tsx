import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { DeliveryView } from "#components/deliveries/delivery-view.tsx";
import { NotFound } from "#server/errors.ts";
import { readDelivery } from "#server/outbox/index.ts";

export const metadata: Metadata = { title: "Delivery" };

export default async function DeliveryPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await pageContext();
  const [status, delivery] = await Promise.all([
    readStatusNow(),
    readDelivery({ ctx, input: { id } }).catch((error: unknown) => {
      if (error instanceof NotFound) return null;
      throw error;
    }),
  ]);
  if (delivery === null) notFound();
  return <DeliveryView initial={delivery} asOf={status.now} />;
}
