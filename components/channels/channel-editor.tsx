"use client";

import { SpecEditor } from "#components/forms/spec-editor.tsx";
import { putSpec, type Stored, useDraft } from "#components/forms/use-draft.ts";
import { ChannelFields } from "./channel-fields.tsx";

/** Creates a channel, or changes one. */
export function ChannelEditor({ stored }: { stored: Stored }) {
  const draft = useDraft({
    stored,
    write: putSpec("/channels/{name}"),
    rereads: (name) => [["channels"], ["channel", name]],
    pageOf: (name) => `/alerts/channels/${encodeURIComponent(name)}`,
  });
  // What it is, is said above; those who may not change it need no fields.
  return <SpecEditor draft={draft} kind="Channel" to="change it" form={<ChannelFields />} reader={null} />;
}
