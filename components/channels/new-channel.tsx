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
        Tidemark never stores a secret: name the environment variable that holds it.{" "}
        <Link href="/docs/alerting-delivery">Notification delivery</Link> explains each type. Once it exists, send a
        test, and add it to a receiver of the routing tree.
      </p>
      <Section id="channel" title="Channel">
        <ChannelEditor key={type} stored={{ name: "", spec: startingSpecs[type], etag: null }} />
      </Section>
    </article>
  );
}
