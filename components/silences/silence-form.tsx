"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { ApiProblem, api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { faultAt as faultOf, faultsOf } from "#components/forms/fault-at.ts";
import styles from "#components/forms/forms.module.css";
import { InstantField } from "#components/forms/instant-field.tsx";
import { MatchersField } from "#components/forms/matchers-field.tsx";
import { useUnsavedGuard } from "#components/forms/use-unsaved-guard.ts";
import page from "#components/ui/page.module.css";
import {
  howLongs,
  matcherLines,
  previewRequest,
  type SilenceDraft,
  seriesLengths,
  silenceRequest,
  sundayNight,
} from "./silence-draft.ts";
import { SilencePreview } from "./silence-preview.tsx";
import { WeeklyFields } from "./weekly-fields.tsx";

const settleMs = 400;

/** What to silence, when and why; its effect is previewed before it is created. */
export function SilenceForm({ matchers, asOf }: { matchers: string; asOf: string }) {
  const may = useMay("respond");
  const client = useQueryClient();
  const [draft, setDraft] = useState<SilenceDraft>(() => emptyDraft(matcherLines(matchers)));
  // Each silence begins with fields of its own.
  const [made, setMade] = useState(0);
  const change = (fields: Partial<SilenceDraft>) => setDraft((current) => ({ ...current, ...fields }));
  // As text, so that a draft with the same effect is not previewed again.
  const wanted = JSON.stringify(previewRequest(draft, asOf));
  const [settled] = useDebouncedValue(wanted, settleMs);
  const request: ReturnType<typeof previewRequest> = JSON.parse(settled);
  const preview = useQuery({
    ...queries.silencePreview(request),
    enabled: request.matchers.length > 0,
    placeholderData: keepPreviousData,
  });
  const isSeen = settled === wanted && request.matchers.length > 0 && preview.isSuccess && !preview.isPlaceholderData;
  const create = useMutation({
    mutationFn: () => api.POST("/silences", { body: silenceRequest(draft) }),
    onSuccess: () => {
      setDraft(emptyDraft([]));
      setMade(made + 1);
      return client.invalidateQueries({ queryKey: ["silences"] });
    },
  });
  useUnsavedGuard(may === true && draft.reason !== "");
  const faultAt = (pointer: string) => faultIn(create.error, pointer) ?? faultIn(preview.error, pointer);
  const lengths = draft.weekly === null ? howLongs : seriesLengths;
  return (
    <form
      className={styles.beside}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isSeen) create.mutate();
      }}
    >
      <div className={page.form}>
        <MatchersField
          key={made}
          label="Matchers"
          value={draft.matchers}
          onChange={(next) => change({ matchers: next })}
          faultAt={(at) => (at === null ? faultAt("/matchers") : faultAt(`/matchers/${at}`))}
          empty="All of them must match an alert."
        />
        <div className={styles.fields}>
          <NativeSelect
            label="Starts"
            data={[
              { value: "now", label: "Now" },
              { value: "at", label: "At…" },
            ]}
            value={draft.startsAt === null ? "now" : "at"}
            onChange={({ target }) => change({ startsAt: target.value === "now" ? null : asOf })}
          />
          {draft.startsAt !== null && (
            <InstantField
              label="Start"
              value={draft.startsAt}
              error={faultAt("/startsAt")}
              onChange={(startsAt) => change({ startsAt: startsAt ?? asOf })}
            />
          )}
          <NativeSelect
            label="Repeats"
            data={[
              { value: "never", label: "Never" },
              { value: "weekly", label: "Every week" },
            ]}
            value={draft.weekly === null ? "never" : "weekly"}
            onChange={({ target }) =>
              change(
                target.value === "never" ? { weekly: null, howLong: "2h" } : { weekly: sundayNight, howLong: "365d" },
              )
            }
          />
          <NativeSelect
            label={draft.weekly === null ? "Duration" : "Repeats for"}
            data={lengths.map(([value, label]) => ({ value, label }))}
            value={draft.howLong}
            error={faultAt("/duration")}
            onChange={({ target }) => change({ howLong: target.value })}
          />
          {draft.howLong === "until" && (
            <InstantField
              label="Until"
              value={draft.until}
              error={faultAt("/endsAt")}
              onChange={(until) => change({ until })}
            />
          )}
        </div>
        {draft.weekly !== null && (
          <WeeklyFields value={draft.weekly} error={faultAt("/recurrence")} onChange={(weekly) => change({ weekly })} />
        )}
        <TextInput
          label="Reason"
          value={draft.reason}
          maxLength={1000}
          placeholder="What is being done, and who to ask"
          error={faultAt("/reason")}
          onChange={({ target }) => change({ reason: target.value })}
        />
        {may === false && <SignInToAct scope="respond" to="silence alerts" />}
        {may && (
          <div className={page.row}>
            <Button type="submit" variant="filled" disabled={!isSeen} loading={create.isPending}>
              Silence
            </Button>
            <span role="status">{create.isSuccess && draft.matchers.length === 0 ? "Silenced." : ""}</span>
          </div>
        )}
        {create.error && (
          <p className={page.refusal} role="alert">
            {create.error instanceof ApiProblem ? create.error.detail : create.error.message}
          </p>
        )}
      </div>
      <SilencePreview
        preview={draft.matchers.length === 0 ? undefined : preview.data}
        error={preview.error}
        isEmpty={draft.matchers.length === 0}
        hasEnd={request.endsAt !== undefined}
        asOf={asOf}
      />
    </form>
  );
}

function emptyDraft(matchers: string[]): SilenceDraft {
  return { matchers, reason: "", startsAt: null, howLong: "2h", until: null, weekly: null };
}

function faultIn(error: Error | null, pointer: string): string | undefined {
  const found = faultOf(faultsOf(error), pointer);
  // A fault of one matcher is shown beside it.
  if (pointer === "/matchers" && found?.pointer !== pointer) return undefined;
  return found?.detail;
}
