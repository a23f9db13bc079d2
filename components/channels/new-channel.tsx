"use client";

import Link from "next/link";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { ChannelJson } from "#domain/api/routing.ts";
import { ChannelEditor } from "./channel-editor.tsx";
import { startingSpecs } from "./channel-words.ts";

/** A channel to fill in. */
export function NewChannel({ type }: { type: ChannelJson["type"] }) {
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
