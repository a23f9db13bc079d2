"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import styles from "#components/forms/forms.module.css";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { type Stored, useDraft, type WriteOptions } from "#components/forms/use-draft.ts";
import { SourceFields } from "./source-fields.tsx";
import { SourcePreview } from "./source-preview.tsx";

const write = (name: string, spec: WrittenSpec, { query = {}, ...how }: WriteOptions) =>
  api.PUT("/sources/{name}", { params: { path: { name }, query }, body: spec as never, ...how });

/** Creates a source, or changes one, with what its patterns match beside it. */
export function SourceEditor({ stored }: { stored: Stored }) {
  const client = useQueryClient();
  const router = useRouter();
  const isNew = stored.etag === null;
  const onSaved = async (name: string) => {
    const keys = [queries.sources().queryKey, queries.source(name).queryKey];
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
    if (isNew) router.push(`/sources/${encodeURIComponent(name)}`);
  };
  const draft = useDraft({ stored, write, onSaved });
  const form = (
    <div className={styles.beside}>
      <SourceFields draft={draft} />
      <SourcePreview draft={draft} source={isNew ? null : stored.name} />
    </div>
  );
  return (
    <SpecEditor
      draft={draft}
      kind="Source"
      to={isNew ? "create one" : "change it"}
      form={form}
      {...(!isNew && { reader: null })}
    />
  );
}
