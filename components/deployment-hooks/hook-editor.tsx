"use client";

import { SpecEditor } from "#components/forms/spec-editor.tsx";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { putSpec, type Stored, useDraft } from "#components/forms/use-draft.ts";
import { HookFields } from "./hook-fields.tsx";

interface HookEditorProps {
  stored: Stored;
  /** Of a new one, once it exists: `spec` as it was saved. */
  onCreated?: (name: string, spec: WrittenSpec) => Promise<unknown>;
}

/** Creates a deployment hook, or changes one. */
export function HookEditor({ stored, onCreated }: HookEditorProps) {
  const draft = useDraft({
    stored,
    write: putSpec("/deployment-hooks/{name}"),
    rereads: (name) => [["deployment-hooks"], ["deployment-hook", name]],
    onCreated,
  });
  return (
    <SpecEditor
      draft={draft}
      kind="DeploymentHook"
      to={stored.etag === null ? "create one" : "change it"}
      form={<HookFields />}
      reader={null}
    />
  );
}
