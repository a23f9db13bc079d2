"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "#components/api/client.ts";
import { onlyIf } from "#components/api/only-if.ts";
import { useUnsavedGuard } from "#components/forms/use-unsaved-guard.ts";
import { toast } from "#components/ui/toast.ts";
import type { SilenceJson } from "#domain/api/silences.ts";
import { afterSilence } from "./after-silence.ts";
import { draftOf, type SilenceDraft, silenceRequest } from "./silence-draft.ts";
import { SilenceEditor } from "./silence-editor.tsx";

interface SilenceEditProps {
  silence: SilenceJson;
  asOf: string;
  onDone: () => void;
}

/** Changes a silence that is not over, as it was when this was opened: if someone saved a change since, the save is refused. */
export function SilenceEdit({ silence, asOf, onDone }: SilenceEditProps) {
  const client = useQueryClient();
  const [opened] = useState(silence);
  const [draft, setDraft] = useState<SilenceDraft>(() => draftOf(opened));
  const save = useMutation({
    mutationFn: () =>
      api.PUT("/silences/{id}", {
        params: { path: { id: opened.id } },
        headers: onlyIf(opened.etag),
        body: silenceRequest(draft),
      }),
    onSuccess: () => {
      toast({ message: "Silence saved." });
      onDone();
      return afterSilence(client);
    },
  });
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
