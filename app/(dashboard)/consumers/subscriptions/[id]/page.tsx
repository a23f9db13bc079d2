import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { messagesAtOnce } from "#components/api/webhooks.ts";
import { WebhookView } from "#components/consumers/webhook-view.tsx";
import { subscriptionMessageStates } from "#domain/api/consumers.ts";
import { listMessages, readSubscription } from "#server/consumers/index.ts";
import { NotFound } from "#server/errors.ts";
import { toListBody } from "#server/http/paging.ts";

export const metadata: Metadata = { title: "Webhook" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ state?: string | string[] }>;
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const id = decodeSegment((await params).id);
  const asked = (await searchParams).state;
  const state = subscriptionMessageStates.find((known) => known === asked) ?? null;
  const ctx = await pageContext();
  const input = { id, state: state ?? undefined, after: null, limit: messagesAtOnce };
  const [status, found] = await Promise.all([
    readStatusNow(),
    Promise.all([readSubscription({ ctx, input: { id } }), listMessages({ ctx, input })]).catch((error: unknown) => {
      if (error instanceof NotFound) return null;
      throw error;
    }),
  ]);
  if (found === null) notFound();
  const [webhook, messages] = found;
  return <WebhookView key={state} webhook={webhook} messages={toListBody(messages)} state={state} asOf={status.now} />;
}
