"use client";

import { useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { silenceKeys } from "#components/api/queries.ts";
import { useUnsavedGuard } from "#components/forms/use-unsaved-guard.ts";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { SilenceJson } from "#domain/api/silences.ts";
import { emptyDraft, matcherLines, type SilenceDraft, silenceRequest } from "./silence-draft.ts";
import { SilenceEditor } from "./silence-editor.tsx";

/** Creates a silence; its effect is previewed first. */
export function SilenceForm({ matchers, asOf }: { matchers: string; asOf: string }) {
  const may = useMay("respond");
  const [draft, setDraft] = useState<SilenceDraft>(() => emptyDraft(matcherLines(matchers)));
  // Each silence begins with fields of its own.
  const [made, setMade] = useState(0);
  const create = useAct(() => answerOf(api.POST("/silences", { body: silenceRequest(draft) })), {
    done: () => {
      setDraft(emptyDraft([]));
      setMade(made + 1);
    },
    says: (silence) => <Created silence={silence} />,
    undo: ({ id }) => api.DELETE("/silences/{id}", { params: { path: { id } } }),
    rereads: silenceKeys,
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
