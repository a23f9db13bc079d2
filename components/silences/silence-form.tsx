"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { silenceKeys } from "#components/api/queries.ts";
import { useUnsavedGuard } from "#components/forms/use-unsaved-guard.ts";
import { Time } from "#components/ui/time.tsx";
import { toast } from "#components/ui/toast.ts";
import { reread } from "#components/ui/use-act.ts";
import type { SilenceJson } from "#domain/api/silences.ts";
import { emptyDraft, matcherLines, type SilenceDraft, silenceRequest } from "./silence-draft.ts";
import { SilenceEditor } from "./silence-editor.tsx";

/** Creates a silence; its effect is previewed first. */
export function SilenceForm({ matchers, asOf }: { matchers: string; asOf: string }) {
  const may = useMay("respond");
  const client = useQueryClient();
  const [draft, setDraft] = useState<SilenceDraft>(() => emptyDraft(matcherLines(matchers)));
  // Each silence begins with fields of its own.
  const [made, setMade] = useState(0);
  const undo = async ({ id }: SilenceJson) => {
    await api.DELETE("/silences/{id}", { params: { path: { id } } });
    await reread(client, silenceKeys);
  };
  const create = useMutation({
    mutationFn: () => answerOf(api.POST("/silences", { body: silenceRequest(draft) })),
    onSuccess: (silence) => {
      setDraft(emptyDraft([]));
      setMade(made + 1);
      toast({ message: <Created silence={silence} />, undo: () => undo(silence) });
      return reread(client, silenceKeys);
    },
  });
  useUnsavedGuard(may === true && draft.reason !== "");
  return (
    <SilenceEditor
      key={made}
      label="New silence"
      name={null}
      draft={draft}
      onChange={(fields) => setDraft((current) => ({ ...current, ...fields }))}
      isNew
      button="Silence"
      onSubmit={() => create.mutate()}
      isPending={create.isPending}
      error={create.error}
      asOf={asOf}
      instead={may ? undefined : may === false && <SignInToAct scope="respond" to="silence alerts" />}
    />
  );
}

function Created({ silence: { state, startsAt, endsAt, createdAt } }: { silence: SilenceJson }) {
  if (state === "active")
    return (
      <>
        Silenced until <Time at={endsAt} relativeTo={createdAt} />.
      </>
    );
  return (
    <>
      Silence created. It starts <Time at={startsAt} relativeTo={createdAt} />.
    </>
  );
}
