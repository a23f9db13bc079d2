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
        A secret never stands in a document: <code>env</code> names the variable in Tidemark’s environment that holds
        it. <Link href="/docs/alerting-delivery">Notification delivery</Link> says what each type needs. Once it is
        applied, send a test, and name it in a receiver of the routing tree.
      </p>
      <section className={page.card} aria-label="The channel">
        <DocumentEditor
          key={type}
          initial={text}
          label="The document"
          onApplied={(changes) => {
            const made = changes.find(({ kind }) => kind === "Channel")?.name;
            router.push(made === undefined ? "/alerts/channels" : `/alerts/channels/${encodeURIComponent(made)}`);
          }}
        />
      </section>
    </article>
  );
}
