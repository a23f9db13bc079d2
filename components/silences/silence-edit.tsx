"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "#components/api/client.ts";
import { onlyIf } from "#components/api/only-if.ts";
import { silenceKeys } from "#components/api/queries.ts";
import { useUnsavedGuard } from "#components/forms/use-unsaved-guard.ts";
import { useAct } from "#components/ui/use-act.ts";
import type { SilenceJson } from "#domain/api/silences.ts";
import { draftOf, type SilenceDraft, silenceRequest } from "./silence-draft.ts";
import { SilenceEditor } from "./silence-editor.tsx";

interface SilenceEditProps {
  silence: SilenceJson;
  asOf: string;
  onDone: () => void;
}

/** Changes a silence that is not over, as it was when this was opened: if someone saved a change since, the save is refused. */
export function SilenceEdit({ silence, asOf, onDone }: SilenceEditProps) {
  const [opened] = useState(silence);
  const [draft, setDraft] = useState<SilenceDraft>(() => draftOf(opened));
  const replace = async () => {
    const params = { path: { id: opened.id } };
    await api.PUT("/silences/{id}", { params, headers: onlyIf(opened.etag), body: silenceRequest(draft) });
    onDone();
  };
  const save = useAct(replace, { says: "Silence saved.", rereads: silenceKeys });
  useUnsavedGuard(!save.isSuccess && JSON.stringify(draft) !== JSON.stringify(draftOf(opened)));
  return (
    <SilenceEditor
      label="Edit silence"
      name={opened.name}
      draft={draft}
      onChange={(fields) => setDraft((current) => ({ ...current, ...fields }))}
      isNew={false}
      button="Save"
      onSubmit={() => save.mutate()}
      isPending={save.isPending}
      error={save.error}
      asOf={asOf}
    >
      <Button onClick={onDone}>Cancel</Button>
    </SilenceEditor>
  );
}
