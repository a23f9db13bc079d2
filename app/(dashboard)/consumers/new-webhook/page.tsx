import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { NewWebhook } from "#components/consumers/new-webhook.tsx";
import { textIn } from "#components/ui/page-search.ts";
import { listAllConsumers } from "#server/consumers/index.ts";

export const metadata: Metadata = { title: "New webhook" };

export default async function NewWebhookPage({ searchParams }: SearchedPage) {
  const search = await searchParams;
  const consumers = await listAllConsumers({ ctx: await pageContext(), input: { after: null, limit: 500 } });
  return (
    <NewWebhook
      consumers={{ items: consumers.items, nextCursor: consumers.next && "more" }}
      eventType={textIn(search, "eventType")}
      consumer={textIn(search, "consumer")}
    />
  );
}
