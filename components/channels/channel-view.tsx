"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { DocumentEditor } from "#components/catalogue/document-editor.tsx";
import { documentText } from "#components/catalogue/document-text.ts";
import { DeliveryTable } from "#components/deliveries/delivery-table.tsx";
import { deliveriesHref } from "#components/deliveries/delivery-words.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryJson } from "#domain/api/deliveries.ts";
import type { ChannelJson } from "#domain/api/routing.ts";
import { ChannelActs } from "./channel-acts.tsx";
import { ChannelDigest } from "./channel-digest.tsx";
import { latestSearch, targetText } from "./channel-words.ts";

interface ChannelViewProps {
  channel: ChannelJson;
  deliveries: ListJson<DeliveryJson>;
  asOf: string;
}

/** One channel: its target, whether deliveries succeed, and its document. */
export function ChannelView({ channel: initial, deliveries, asOf }: ChannelViewProps) {
  const query = useQuery({ ...queries.channel(initial.name), initialData: initial });
  const latest = useQuery({ ...queries.deliveries(latestSearch(initial.name)), initialData: deliveries });
  const { name, type, enabled, receivers, secrets, digest, updatedAt, updatedBy } = query.data;
  const text = documentText("Channel", initial.name, initial.spec);
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>{name}</h1>
        <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
      </div>
      <p>
        {enabled ? `Sends to ${targetText(query.data)} (${type}). ` : "Disabled: nothing is sent through it. "}
        {receivers.length === 0 ? (
          <>
            No receiver of the <Link href="/alerts/channels#routing-tree">routing tree</Link> uses it yet: only tests{" "}
            {digest !== null && "and the monthly digest "}are sent.
          </>
        ) : (
          `Used by ${receivers.length === 1 ? "receiver" : "receivers"} ${receivers.join(", ")}.`
        )}
        {secrets.length > 0 && ` Requires ${secrets.join(", ")} in Tidemark’s environment.`}
      </p>
      <p className={page.quiet}>
        Last changed <Time at={updatedAt} relativeTo={asOf} /> by {updatedBy}.
      </p>
      <section className={page.card} aria-labelledby="does-it-work">
        <h2 id="does-it-work">Test</h2>
        <ChannelActs channel={query.data} />
      </section>
      {type === "email" && (
        <section className={page.card} aria-labelledby="monthly-digest">
          <h2 id="monthly-digest">Monthly digest</h2>
          <ChannelDigest channel={query.data} asOf={asOf} />
        </section>
      )}
      <section className={page.card} aria-labelledby="its-deliveries">
        <h2 id="its-deliveries">Latest deliveries</h2>
        {latest.data.items.length === 0 ? (
          <p>No deliveries yet. Send a test to check that messages arrive.</p>
        ) : (
          <>
            <DeliveryTable deliveries={latest.data.items} asOf={asOf} withChannel={false} />
            <p>
              <Link href={deliveriesHref({ producer: null, channel: name, state: null })}>All deliveries</Link>
            </p>
          </>
        )}
      </section>
      <section className={page.card} aria-labelledby="its-document">
        <h2 id="its-document">Edit</h2>
        <DocumentEditor key={text} initial={text} label="Channel document" />
      </section>
    </article>
  );
}
