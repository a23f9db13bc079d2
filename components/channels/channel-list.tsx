"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { becameText } from "#components/deliveries/delivery-words.ts";
import { RoutesEditor } from "#components/routes/routes-editor.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryJson } from "#domain/api/deliveries.ts";
import type { ChannelJson, RoutingTreeJson } from "#domain/api/routing.ts";
import { lastSearch, targetText } from "./channel-words.ts";

interface ChannelListProps {
  channels: ListJson<ChannelJson>;
  /** The newest delivery by channel. */
  last: Readonly<Record<string, DeliveryJson>>;
  tree: RoutingTreeJson;
  asOf: string;
}

/** All channels, and the routing tree that leads to them. */
export function ChannelList({ channels, last, tree, asOf }: ChannelListProps) {
  const query = useQuery({ ...queries.channels(), initialData: channels });
  const routing = useQuery({ ...queries.routingTree(), initialData: tree });
  return (
    <article className={page.page}>
      <PageHeading query={query}>Channels</PageHeading>
      {query.data.items.length === 0 ? (
        <Notice title="No channels" level={2}>
          <p>
            Alerts and incidents appear on these pages; no notifications are sent.{" "}
            <Link href="/alerts/new-channel">Create a channel</Link>, then add it to a receiver of the routing tree
            below.
          </p>
        </Notice>
      ) : (
        <>
          <div>
            <Button component={Link} href="/alerts/new-channel">
              New channel
            </Button>
          </div>
          <DataTable
            label="Channels"
            columns={columnsOf(last, asOf)}
            rows={query.data.items}
            rowKey={({ name }) => name}
          />
        </>
      )}
      <Section id="routing-tree" title="Routing tree">
        <p>
          {routing.data.isDefault && "This is the default tree. "}
          <Link href="/docs/alerting-routing">Routing</Link> explains each field.
        </p>
        <RoutesEditor tree={routing.data} />
      </Section>
    </article>
  );
}

const columnsOf = (last: ChannelListProps["last"], asOf: string): Column<ChannelJson>[] => [
  {
    head: "Channel",
    cell: ({ name, enabled }) => (
      <>
        <PageLink href={`/alerts/channels/${encodeURIComponent(name)}`}>{name}</PageLink>
        {!enabled && " (off)"}
      </>
    ),
  },
  { head: "Type", word: true, cell: ({ type }) => type },
  { head: "Target", label: "to", cell: targetText },
  {
    head: "Receivers",
    tone: (channel) => (isIdle(channel) ? "trouble" : undefined),
    cell: (channel) =>
      isIdle(channel)
        ? "none, notifications are dropped"
        : [
            ...channel.receivers,
            ...channel.onCall.map((schedule) => `whoever is on call in ${schedule}`),
            ...(channel.digest ? ["(monthly digest)"] : []),
          ].join(", "),
  },
  {
    head: "Last delivery",
    cell: ({ name }) => <LastDelivery name={name} last={last[name] ?? null} asOf={asOf} />,
  },
];

function isIdle({ receivers, onCall, digest }: ChannelJson): boolean {
  return receivers.length === 0 && onCall.length === 0 && digest === null;
}

function LastDelivery({ name, last, asOf }: { name: string; last: DeliveryJson | null; asOf: string }) {
  const initialData = { items: last === null ? [] : [last], nextCursor: null };
  const { data } = useQuery({ ...queries.deliveries(lastSearch(name)), initialData });
  const newest = data.items[0];
  if (!newest) return <span className={page.quiet}>none yet</span>;
  return (
    <span className={newest.state === "failed" ? page.trouble : undefined}>
      <Time at={newest.sentAt ?? newest.createdAt} relativeTo={asOf} />: {becameText(newest)}
    </span>
  );
}
