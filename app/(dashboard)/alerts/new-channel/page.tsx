import type { Metadata } from "next";
import Link from "next/link";
import type { SearchedPage } from "#app/named-page.ts";
import { ChannelEditor } from "#components/channels/channel-editor.tsx";
import { startingSpecs } from "#components/channels/channel-words.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { channelTypes } from "#domain/channel.ts";

export const metadata: Metadata = { title: "New channel" };

/** A channel to fill in. */
export default async function NewChannelPage({ searchParams }: SearchedPage) {
  const asked = (await searchParams).type;
  const type = channelTypes.find((known) => known === asked) ?? "slack";
  return (
    <article className={page.page}>
      <h1>New channel</h1>
      <p>
        A channel never holds a secret, only the name of the environment variable that does.{" "}
        <Link href="/docs/alerting-delivery">Notification delivery</Link> explains each type. After creating it, send a
        test and add the channel to a receiver of the routing tree.
      </p>
      <Section id="channel" title="Channel">
        <ChannelEditor key={type} stored={{ name: "", spec: startingSpecs[type], etag: null }} />
      </Section>
    </article>
  );
}
