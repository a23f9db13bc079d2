"use client";

import { queries } from "#components/api/queries.ts";
import styles from "#components/forms/forms.module.css";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import { putSpec, type Stored, useDraft } from "#components/forms/use-draft.ts";
import { SourceFields } from "./source-fields.tsx";
import { SourcePreview } from "./source-preview.tsx";

/** Creates a source, or changes one, with what its patterns match beside it. */
export function SourceEditor({ stored }: { stored: Stored }) {
  const isNew = stored.etag === null;
  const draft = useDraft({
    stored,
    write: putSpec("/sources/{name}"),
    rereads: (name) => [queries.sources().queryKey, queries.source(name).queryKey],
    pageOf: (name) => `/sources/${encodeURIComponent(name)}`,
  });
  const form = (
    <div className={styles.beside}>
      <SourceFields />
      <SourcePreview source={isNew ? null : stored.name} />
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
