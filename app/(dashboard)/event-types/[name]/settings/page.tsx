import Link from "next/link";
import { redirect } from "next/navigation";
import { type NamedPage, titledBy } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { DocumentEditor } from "#components/catalogue/document-editor.tsx";
import { TypeTabs } from "#components/trends/type-tabs.tsx";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { readEventTypeDocument } from "#server/catalogue/index.ts";
import { readKnownType } from "../read-known-type.ts";

export const generateMetadata = titledBy((name) => `${name} settings`);

/** A type's catalogue entry, to edit here or copy to a repository. */
export default async function TypeSettingsPage({ params }: NamedPage) {
  const { name, owner } = await readKnownType((await params).name);
  const document = await readEventTypeDocument({ ctx: await pageContext(), input: { name } });
  // Not claimed: its page says how to claim it.
  if (document === null) redirect(`/event-types/${encodeURIComponent(name)}`);
  return (
    <article className={page.page}>
      <h1>{name}</h1>
      <TypeTabs eventType={name} current="Settings" />
      <Section id="settings" title="Catalogue entry">
        <p>
          Owner, tier, deadline, datacenters, tolerances and objectives. Fields left out take the tier’s values or the
          defaults. <Link href="/docs/verdicts">Verdicts</Link> explains each field. After a change, the affected hours
          are judged again.
        </p>
        <DocumentEditor key={name} initial={document} owner={owner} label={`EventType ${name}`} />
      </Section>
    </article>
  );
}
