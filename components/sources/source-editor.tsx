"use client";

import { useQueryClient } from "@tanstack/react-query";
import { api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { OwnerOfDraft, SwitchField } from "#components/forms/fields.tsx";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { type Stored, useDraft, type WriteOptions } from "#components/forms/use-draft.ts";
import page from "#components/ui/page.module.css";

const write = (name: string, spec: WrittenSpec, { query = {}, ...how }: WriteOptions) =>
  api.PUT("/sources/{name}", { params: { path: { name }, query }, body: spec as never, ...how });

/** Who owns a source and whether it is collected; its patterns are edited as a file. */
export function SourceEditor({ stored }: { stored: Stored }) {
  const client = useQueryClient();
  const onSaved = (name: string) => client.invalidateQueries({ queryKey: queries.source(name).queryKey });
  const draft = useDraft({ stored, write, onSaved });
  const form = (
    <div className={page.form}>
      <OwnerOfDraft draft={draft} />
      <SwitchField draft={draft} path={["enabled"]} label="Collect from it" initial={true} />
      <p className={page.hint}>To change what is read and what it means, edit as file.</p>
    </div>
  );
  return <SpecEditor draft={draft} kind="Source" to="change it" form={form} />;
}
