"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { DeliveryTable } from "#components/deliveries/delivery-table.tsx";
import { deliveriesHref } from "#components/deliveries/delivery-words.ts";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryJson } from "#domain/api/deliveries.ts";
import type { ChannelJson } from "#domain/api/routing.ts";
import { ChannelActs } from "./channel-acts.tsx";
import { ChannelDigest } from "./channel-digest.tsx";
import { ChannelEditor } from "./channel-editor.tsx";
import { latestSearch, targetText } from "./channel-words.ts";

interface ChannelViewProps {
  channel: ChannelJson;
  deliveries: ListJson<DeliveryJson>;
  asOf: string;
}

/** One channel: its target, whether deliveries succeed, and its settings. */
export function ChannelView({ channel: initial, deliveries, asOf }: ChannelViewProps) {
  const query = useQuery({ ...queries.channel(initial.name), initialData: initial });
  const latest = useQuery({ ...queries.deliveries(latestSearch(initial.name)), initialData: deliveries });
  const { name, type, spec, enabled, receivers, onCall, secrets, digest, updatedAt, updatedBy } = query.data;
  return (
    <article className={page.page}>
      <PageHeading query={query}>{name}</PageHeading>
      <p>
        {enabled ? `Sends to ${targetText(query.data)} (${type}). ` : "Disabled: nothing is sent through it. "}
        {onCall.length > 0 &&
          `Reaches a person of ${onCall.length === 1 ? "on-call schedule" : "on-call schedules"} ${onCall.join(", ")}. `}
        {receivers.length > 0 &&
          `Used by ${receivers.length === 1 ? "receiver" : "receivers"} ${receivers.join(", ")}.`}
        {receivers.length + onCall.length === 0 && (
          <>
            No receiver of the <Link href="/alerts/channels#routing-tree">routing tree</Link> uses it yet: only tests{" "}
            {digest !== null && "and the monthly digest "}are sent.
          </>
        )}
        {secrets.length > 0 && ` Requires ${secrets.join(", ")} in Tidemark’s environment.`}
      </p>
      <p className={page.quiet}>
        Last changed <Time at={updatedAt} relativeTo={asOf} /> by {updatedBy}.
        {spec.owner !== undefined && ` Belongs to team ${spec.owner}.`}
      </p>
      <Section id="does-it-work" title="Test">
        <ChannelActs channel={query.data} />
      </Section>
      {type === "email" && (
        <Section id="monthly-digest" title="Monthly digest">
          <ChannelDigest channel={query.data} asOf={asOf} />
        </Section>
      )}
      <Section id="its-deliveries" title="Latest deliveries">
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
      </Section>
      <Section id="settings" title="Settings">
        <ChannelEditor stored={query.data} />
      </Section>
    </article>
  );
}
