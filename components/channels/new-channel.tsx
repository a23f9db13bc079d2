"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { DocumentEditor } from "#components/catalogue/document-editor.tsx";
import { documentText } from "#components/catalogue/document-text.ts";
import page from "#components/ui/page.module.css";
import tabs from "#components/ui/tabs.module.css";
import type { ChannelJson } from "#domain/api/routing.ts";
import { startingSpecs } from "./channel-words.ts";

/** A channel's document to fill in, by type. */
export function NewChannel({ type }: { type: ChannelJson["type"] }) {
  const router = useRouter();
  const { name, spec } = startingSpecs[type];
  const text = documentText("Channel", name, spec);
  return (
    <article className={page.page}>
      <h1>New channel</h1>
      <nav aria-label="Types of channels">
        <ul className={tabs.tabs}>
          {Object.keys(startingSpecs).map((each) => (
            <li key={each}>
              <Link href={`/alerts/new-channel?type=${each}`} aria-current={each === type ? "true" : undefined}>
                {each}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <p>
        A document never holds a secret: <code>env</code> names the environment variable that does.{" "}
        <Link href="/docs/alerting-delivery">Notification delivery</Link> lists what each type needs. After applying it,
        send a test, and add the channel to a receiver of the routing tree.
      </p>
      <section className={page.card} aria-label="Channel">
        <DocumentEditor
          key={type}
          initial={text}
          label="Channel document"
          onApplied={(changes) => {
            const made = changes.find(({ kind }) => kind === "Channel")?.name;
            router.push(made === undefined ? "/alerts/channels" : `/alerts/channels/${encodeURIComponent(made)}`);
          }}
        />
      </section>
    </article>
  );
}
