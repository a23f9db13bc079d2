import type { Metadata } from "next";
import Link from "next/link";
import type { SearchedPage } from "#app/named-page.ts";
import { SourceEditor } from "#components/sources/source-editor.tsx";
import { startingSpecs } from "#components/sources/source-kinds.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { sourceKinds } from "#domain/source/kinds.ts";

export const metadata: Metadata = { title: "New source" };

/** A source to fill in. */
export default async function NewSourcePage({ searchParams }: SearchedPage) {
  const asked = (await searchParams).kind;
  const kind = sourceKinds.find((known) => known === asked) ?? "cloudMonitoring";
  return (
    <article className={page.page}>
      <h1>New source</h1>
      <p>
        Tidemark asks it with the credentials of the machine that it runs on. <Link href="/docs/sources">Sources</Link>{" "}
        has the roles that each kind needs.
      </p>
      <Section id="source" title="Source">
        <SourceEditor key={kind} stored={{ name: "", spec: startingSpecs[kind], etag: null }} />
      </Section>
    </article>
  );
}
