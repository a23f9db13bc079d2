"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { DocumentEditor } from "#components/catalogue/document-editor.tsx";
import { documentText } from "#components/catalogue/document-text.ts";
import { becameText } from "#components/deliveries/delivery-words.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import form from "#components/ui/form.module.css";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryJson } from "#domain/api/deliveries.ts";
import type { ChannelJson, RoutingTreeJson } from "#domain/api/routing.ts";
import { lastSearch, targetText } from "./channel-words.ts";
import { RoutingTreeView } from "./routing-tree-view.tsx";

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
  const text = documentText("RoutingTree", tree.name, tree.spec);
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>Channels</h1>
        <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
      </div>
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
          <p>
            <Link className={form.button} href="/alerts/new-channel">
              New channel
            </Link>
          </p>
          <table className={table.table} aria-label="Channels">
            <thead>
              <tr>
                <th scope="col">Channel</th>
                <th scope="col">Type</th>
                <th scope="col">Target</th>
                <th scope="col">Receivers</th>
                <th scope="col">Last delivery</th>
              </tr>
            </thead>
            <tbody>
              {query.data.items.map((channel) => (
                <ChannelRow key={channel.name} channel={channel} last={last[channel.name] ?? null} asOf={asOf} />
              ))}
            </tbody>
          </table>
        </>
      )}
      <section className={page.card} aria-labelledby="routing-tree">
        <h2 id="routing-tree">Routing tree</h2>
        <p>
          {routing.data.isDefault && "This is the default tree. "}An alert takes the first branch whose matchers all
          match, and further ones after <code>continue: true</code>. <Link href="/docs/alerting-routing">Routing</Link>{" "}
          explains each field.
        </p>
        <RoutingTreeView spec={routing.data.spec} />
        <DocumentEditor key={text} initial={text} label="Routing tree document" />
      </section>
    </article>
  );
}

function ChannelRow({ channel, last, asOf }: { channel: ChannelJson; last: DeliveryJson | null; asOf: string }) {
  const { name, type, enabled, receivers, digest } = channel;
  const isIdle = receivers.length === 0 && digest === null;
  const initialData = { items: last === null ? [] : [last], nextCursor: null };
  const { data } = useQuery({ ...queries.deliveries(lastSearch(name)), initialData });
  const newest = data.items[0];
  return (
    <tr data-off={enabled ? undefined : ""}>
      <th scope="row">
        <Link href={`/alerts/channels/${encodeURIComponent(name)}`} prefetch={false}>
          {name}
        </Link>
        {!enabled && " (off)"}
      </th>
      <td data-label="type" data-word="">
        {type}
      </td>
      <td data-label="to">{targetText(channel)}</td>
      <td data-label="receivers" data-alarming={isIdle ? "" : undefined}>
        {isIdle
          ? "none, notifications are dropped"
          : [...receivers, ...(digest ? ["(monthly digest)"] : [])].join(", ")}
      </td>
      <td data-label="last delivery" data-alarming={newest?.state === "failed" ? "" : undefined}>
        {newest ? (
          <>
            <Time at={newest.sentAt ?? newest.createdAt} relativeTo={asOf} />: {becameText(newest)}
          </>
        ) : (
          <span className={page.quiet}>none yet</span>
        )}
      </td>
    </tr>
  );
}
