import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { ConsumerDirectory } from "#components/consumers/consumer-directory.tsx";
import { listAllConsumers, listDiscoveredConsumers, listSubscriptions } from "#server/consumers/index.ts";

export const metadata: Metadata = { title: "Consumers" };

/** How many come with the page; the browser fetches the rest. */
const firstRows = 200;

export default function ConsumersPage() {
  return <WholeOrSkeleton content={consumersNow()} label="Loading the consumers" />;
}

async function consumersNow() {
  const ctx = await pageContext();
  const [status, consumers, subscriptions, discovered] = await Promise.all([
    readStatusNow(),
    listAllConsumers({ ctx, input: { after: null, limit: firstRows } }),
    listSubscriptions({ ctx, input: { eventType: undefined, consumer: undefined, after: null, limit: firstRows } }),
    listDiscoveredConsumers({ ctx, input: { dismissed: false, after: null, limit: firstRows } }),
  ]);
  return (
    <ConsumerDirectory
      consumers={{ items: consumers.items, nextCursor: consumers.next && "more" }}
      subscriptions={{ items: subscriptions.items, nextCursor: subscriptions.next && "more" }}
      discovered={{ items: discovered.items, nextCursor: discovered.next && "more" }}
      asOf={status.now}
    />
  );
}
