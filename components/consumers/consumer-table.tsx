"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { memo, useMemo } from "react";
import { useMay } from "#components/access/use-may.ts";
import { queries } from "#components/api/queries.ts";
import { DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { mayChange } from "#domain/access/may-change.ts";
import type { ConsumerJson, SubscriptionJson } from "#domain/api/consumers.ts";
import { webhooksByConsumer } from "./directory-words.ts";
import { needsOf } from "./say-needs.ts";
import { WebhookList } from "./webhook-list.tsx";
import { newWebhookHref } from "./webhook-words.ts";

interface ConsumerTableProps {
  consumers: readonly ConsumerJson[];
  webhooks: readonly SubscriptionJson[];
  asOf: string;
  /** Edits one. Must be a stable function, so that rows are not redrawn. */
  onChange: (consumer: ConsumerJson) => void;
}

/** How many of thousands are drawn: the filter reaches the others. */
export const drawnAtOnce = 300;

export const ConsumerTable = memo(function ConsumerTable({ consumers, webhooks, asOf, onChange }: ConsumerTableProps) {
  const { data: visitor } = useQuery(queries.visitor());
  const may = useMay("write");
  const of = useMemo(() => webhooksByConsumer(webhooks), [webhooks]);
  return (
    <DataTable
      label="Consumers"
      rows={consumers.slice(0, drawnAtOnce)}
      rowKey={({ eventType, name }) => `${eventType} ${name}`}
      columns={[
        { head: "Consumer", cell: ({ name, description }) => <span title={description ?? undefined}>{name}</span> },
        {
          head: "Reads",
          cell: ({ eventType }) => (
            <PageLink href={`/event-types/${encodeURIComponent(eventType)}`}>{eventType}</PageLink>
          ),
        },
        { head: "Contact", cell: ({ contact }) => contact },
        { head: "Team", cell: ({ owner }) => owner ?? "none", word: true },
        { head: "Needs", cell: ({ minCompleteness }) => needsOf(minCompleteness) },
        {
          head: "Webhooks",
          cell: (consumer) =>
            of(consumer).length > 0 ? (
              <WebhookList webhooks={of(consumer)} asOf={asOf} />
            ) : may === false ? (
              <span className={page.quiet}>none</span>
            ) : (
              <NoWebhook eventType={consumer.eventType} name={consumer.name} />
            ),
        },
        may !== false && {
          head: "Action",
          label: null,
          cell: (consumer) =>
            (visitor === undefined || mayChange(visitor.teams, consumer.owner)) && (
              <Button
                aria-label={`Change ${consumer.name}, which reads ${consumer.eventType}`}
                onClick={() => onChange(consumer)}
              >
                Change
              </Button>
            ),
        },
      ]}
    />
  );
});

function NoWebhook({ eventType, name }: { eventType: string; name: string }) {
  return (
    <span className={page.quiet}>
      none,{" "}
      <PageLink
        href={newWebhookHref({ eventType, consumer: name })}
        aria-label={`create one: a webhook for ${name}, ${eventType}`}
      >
        create one
      </PageLink>
    </span>
  );
}
