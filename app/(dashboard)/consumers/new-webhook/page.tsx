import type { Metadata } from "next";
import { pageContext } from "#app/page-context.ts";
import { NewWebhook } from "#components/consumers/new-webhook.tsx";
import { listAllConsumers } from "#server/consumers/index.ts";

export const metadata: Metadata = { title: "New webhook" };

interface Props {
  searchParams: Promise<{ eventType?: string | string[]; consumer?: string | string[] }>;
}

export default async function NewWebhookPage({ searchParams }: Props) {
  const { eventType, consumer } = await searchParams;
  const consumers = await listAllConsumers({ ctx: await pageContext(), input: { after: null, limit: 500 } });
  return (
    <NewWebhook
      consumers={{ items: consumers.items, nextCursor: consumers.next && "more" }}
      eventType={typeof eventType === "string" ? eventType : ""}
      consumer={typeof consumer === "string" ? consumer : ""}
    />
  );
}
