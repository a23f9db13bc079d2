"use client";

import { Button } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import type { ListJson } from "#components/api/client.ts";
import { webhooks } from "#components/api/webhooks.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { SubscriptionJson, SubscriptionMessageJson, SubscriptionMessageState } from "#domain/api/consumers.ts";
import { MessageTable } from "./message-table.tsx";
import { webhookHref } from "./webhook-words.ts";

const views: readonly { state: SubscriptionMessageState | null; name: string; none: string }[] = [
  { state: null, name: "All", none: "No messages yet. The first is sent when an hour becomes ready." },
  { state: "failed", name: "Failed", none: "No failed messages." },
  { state: "waiting", name: "Waiting", none: "No waiting messages." },
];

interface WebhookMessagesProps {
  webhook: SubscriptionJson;
  query: UseInfiniteQueryResult<{ pages: ListJson<SubscriptionMessageJson>[] }>;
  state: SubscriptionMessageState | null;
  asOf: string;
}

/** Its messages and their status; failed ones can be sent again. */
export function WebhookMessages({
  webhook: { id, eventType, dayEventTypes, dayZone, failed, waiting },
  query,
  state,
  asOf,
}: WebhookMessagesProps) {
  const may = useMay("respond");
  const replay = useAct((messageId: string) => webhooks.replay(id, messageId), {
    says: "Message queued.",
    rereads: [
      ["subscription-messages", id],
      ["subscription", id],
    ],
  });
  const heading = useRef<HTMLHeadingElement>(null);
  // A resent message leaves the list of failed ones, and its button, which had the focus, goes with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per resent message
  useEffect(() => {
    if (replay.isSuccess && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [replay.isSuccess, replay.submittedAt]);
  const messages = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const hrefOf = (view: SubscriptionMessageState | null) => webhookHref(id) + (view === null ? "" : `?state=${view}`);
  const counts: Partial<Record<string, number>> = { failed, waiting };
  return (
    <section className={page.card} aria-labelledby="messages">
      <h2 id="messages" tabIndex={-1} ref={heading}>
        Messages
      </h2>
      <Tabs
        within
        label="Messages by status"
        current={hrefOf(state)}
        tabs={views.map((view) => ({
          href: hrefOf(view.state),
          name: view.state === null ? view.name : `${view.name} ${counts[view.state] ?? 0}`,
        }))}
      />
      {messages.length === 0 ? (
        <p>{views.find((view) => view.state === state)?.none}</p>
      ) : (
        <MessageTable
          eventType={eventType}
          days={{ eventTypes: dayEventTypes, zone: dayZone ?? "UTC" }}
          messages={messages}
          asOf={asOf}
          onReplay={may === true ? replay.mutate : null}
          isPending={replay.isPending}
        />
      )}
      {query.hasNextPage && (
        <div className={page.row}>
          <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
            Load older messages
          </Button>
        </div>
      )}
      {may === false && messages.length > 0 && <SignInToAct scope="respond" to="resend messages" />}
      <Refusal error={replay.error} />
    </section>
  );
}
