"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { webhookQueries } from "#components/api/webhooks.ts";
import { Fact } from "#components/ui/fact.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SubscriptionJson, SubscriptionMessageJson, SubscriptionMessageState } from "#domain/api/consumers.ts";
import { WebhookActs } from "./webhook-acts.tsx";
import { WebhookMessages } from "./webhook-messages.tsx";
import { eventsText, healthText, isInTrouble } from "./webhook-words.ts";

interface WebhookViewProps {
  webhook: SubscriptionJson;
  messages: ListJson<SubscriptionMessageJson>;
  /** null: any status. */
  state: SubscriptionMessageState | null;
  asOf: string;
}

/** One webhook: its consumer and events, whether it delivers, its messages, its secret and its deletion. */
export function WebhookView({ webhook: initial, messages, state, asOf }: WebhookViewProps) {
  const query = useQuery({ ...webhookQueries.subscription(initial.id), initialData: initial });
  const sentMessages = useInfiniteQuery({
    ...webhookQueries.messages(initial.id, state),
    initialData: { pages: [messages], pageParams: [null] },
  });
  const webhook = query.data;
  const { eventType, consumer, url, allowPrivate, createdAt, createdBy } = webhook;
  return (
    <article className={page.page}>
      <PageHeading query={query} beside={sentMessages}>
        Webhook of {consumer} for {eventType}
      </PageHeading>
      <p className={isInTrouble(webhook) ? page.trouble : undefined}>
        {isInTrouble(webhook) && "▲ "}
        {webhook.lastMessage === null ? "No messages sent yet." : `Last message: ${healthText(webhook)}.`}
      </p>
      <dl className={page.facts}>
        <Fact name="URL">
          {url}
          {allowPrivate && " (private addresses allowed)"}
        </Fact>
        <Fact name="Events">{eventsText(webhook)}</Fact>
        <Fact name="Event type">
          <Link href={`/event-types/${encodeURIComponent(eventType)}`}>{eventType}</Link>
        </Fact>
        <Fact name="Created">
          <Time at={createdAt} relativeTo={asOf} /> by {createdBy}
        </Fact>
      </dl>
      <WebhookMessages webhook={webhook} query={sentMessages} state={state} asOf={asOf} />
      <WebhookActs webhook={webhook} asOf={asOf} />
    </article>
  );
}
