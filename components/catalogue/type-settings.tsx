import Link from "next/link";
import { TypeTabs } from "#components/trends/type-tabs.tsx";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { Owner } from "#domain/access/may-change.ts";
import { DocumentEditor } from "./document-editor.tsx";

/** A type's catalogue entry, to edit here or copy to a repository. */
export function TypeSettings({ eventType, document, owner }: { eventType: string; document: string; owner: Owner }) {
  return (
    <article className={page.page}>
      <h1>{eventType}</h1>
      <TypeTabs eventType={eventType} current="Settings" />
      <Section id="settings" title="Catalogue entry">
        <p>
          Owner, tier, deadline, datacenters, tolerances and objectives. Fields left out take the tier’s values or the
          defaults. <Link href="/docs/verdicts">Verdicts</Link> explains each field. After a change, the affected hours
          are judged again.
        </p>
        <DocumentEditor key={eventType} initial={document} owner={owner} label={`EventType ${eventType}`} />
      </Section>
    </article>
  );
}
