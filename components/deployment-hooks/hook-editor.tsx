"use client";

import { useQueryClient } from "@tanstack/react-query";
import { api } from "#components/api/client.ts";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { type Stored, useDraft, type WriteOptions } from "#components/forms/use-draft.ts";
import { HookFields } from "./hook-fields.tsx";

const write = (name: string, spec: WrittenSpec, { query = {}, ...how }: WriteOptions) =>
  api.PUT("/deployment-hooks/{name}", { params: { path: { name }, query }, body: spec as never, ...how });

interface HookEditorProps {
  stored: Stored;
  /** Of a new one, once it exists: `spec` as it was saved. */
  onCreated?: (name: string, spec: WrittenSpec) => Promise<unknown>;
}

/** Creates a deployment hook, or changes one. */
export function HookEditor({ stored, onCreated }: HookEditorProps) {
  const client = useQueryClient();
  const onSaved = async (name: string) => {
    await onCreated?.(name, draft.spec);
    const keys = [["deployment-hooks"], ["deployment-hook", name]];
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
  const draft = useDraft({ stored, write, onSaved });
  return (
    <SpecEditor
      draft={draft}
      kind="DeploymentHook"
      to={stored.etag === null ? "create one" : "change it"}
      form={<HookFields draft={draft} />}
      reader={null}
    />
  );
}
