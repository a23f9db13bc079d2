import type { Metadata } from "next";
import { decodeSegment, orNotFound, type SearchedPage } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { messagesAtOnce } from "#components/api/webhooks.ts";
import { WebhookView } from "#components/consumers/webhook-view.tsx";
import { subscriptionMessageStates } from "#domain/api/consumers.ts";
import { listMessages, readSubscription } from "#server/consumers/index.ts";
import { toListBody } from "#server/http/paging.ts";

export const metadata: Metadata = { title: "Webhook" };

interface Props extends SearchedPage {
  params: Promise<{ id: string }>;
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const id = decodeSegment((await params).id);
  const asked = (await searchParams).state;
  const state = subscriptionMessageStates.find((known) => known === asked) ?? null;
  const ctx = await pageContext();
  const input = { id, state: state ?? undefined, after: null, limit: messagesAtOnce };
  const [status, [webhook, messages]] = await Promise.all([
    readStatusNow(),
    orNotFound(Promise.all([readSubscription({ ctx, input: { id } }), listMessages({ ctx, input })])),
  ]);
  return <WebhookView key={state} webhook={webhook} messages={toListBody(messages)} state={state} asOf={status.now} />;
}
