"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { api } from "#components/api/client.ts";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { type Stored, useDraft, type WriteOptions } from "#components/forms/use-draft.ts";
import { ChannelFields } from "./channel-fields.tsx";

const write = (name: string, spec: WrittenSpec, { query = {}, ...how }: WriteOptions) =>
  api.PUT("/channels/{name}", { params: { path: { name }, query }, body: spec as never, ...how });

/** Creates a channel, or changes one. */
export function ChannelEditor({ stored }: { stored: Stored }) {
  const client = useQueryClient();
  const router = useRouter();
  const onSaved = async (name: string) => {
    await Promise.all([["channels"], ["channel", name]].map((queryKey) => client.invalidateQueries({ queryKey })));
    if (stored.etag === null) router.push(`/alerts/channels/${encodeURIComponent(name)}`);
  };
  const draft = useDraft({ stored, write, onSaved });
  // What it is, is said above; those who may not change it need no fields.
  return (
    <SpecEditor draft={draft} kind="Channel" to="change it" form={<ChannelFields draft={draft} />} reader={null} />
  );
}
