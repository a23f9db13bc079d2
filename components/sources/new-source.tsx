"use client";

import Link from "next/link";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { SourceKind } from "#domain/source/kinds.ts";
import { SourceEditor } from "./source-editor.tsx";
import { startingSpecs } from "./source-kinds.ts";

/** A source to fill in. */
export function NewSource({ kind }: { kind: SourceKind }) {
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
