"use client";

import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useMay } from "#components/access/use-may.ts";
import { queries } from "#components/api/queries.ts";
import { faultsOf } from "#components/forms/fault-at.ts";
import { FaultList } from "#components/forms/fault-list.tsx";
import type { FileDraft } from "#components/forms/file-editor.tsx";
import forms from "#components/forms/forms.module.css";
import { FileEditor } from "#components/forms/lazy-file-editor.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { previewRequest, type SilenceDraft } from "./silence-draft.ts";
import { SilenceFields } from "./silence-fields.tsx";
import { readSilence, writeSilence } from "./silence-file.ts";
import { SilencePreview } from "./silence-preview.tsx";

interface SilenceEditorProps {
  /** Its name for screen readers. */
  label: string;
  /** Of its document; null: it was created by hand, and its file proposes one. */
  name: string | null;
  draft: SilenceDraft;
  onChange: (fields: Partial<SilenceDraft>) => void;
  isNew: boolean;
  /** The main button. */
  button: string;
  onSubmit: () => void;
  isPending: boolean;
  error: Error | null;
  asOf: string;
  /** Instead of the button, for those who may not act. */
  instead?: ReactNode;
  /** Beside the button. */
  children?: ReactNode;
}

/** A silence's fields, and beside them what it silences, which is seen before it is saved. */
export function SilenceEditor(props: SilenceEditorProps) {
  const { label, name, draft, onChange, isNew, button, onSubmit, isPending, error, asOf, instead, children } = props;
  const { preview, isSeen, isRefused, hasEnd } = useSilencePreview(draft, asOf);
  const [isFile, setFile] = useState(false);
  const [fileName, setFileName] = useState(name ?? "my-silence");
  const [textFault, setTextFault] = useState<string | null>(null);
  const file: FileDraft = {
    name: fileName,
    setName: setFileName,
    spec: writeSilence(draft, asOf),
    replace: (spec) => {
      const read = readSilence(spec);
      if ("fault" in read) setTextFault(read.fault);
      else onChange(read);
    },
    textFault,
    setTextFault,
    // By hand, silences are created without a name: only a file needs one.
    isNew: name === null,
    may: instead === undefined,
  };
  const isEmpty = draft.matchers.length === 0;
  return (
    <form
      className={forms.beside}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isSeen && textFault === null) onSubmit();
      }}
    >
      <div className={page.form}>
        {isFile ? (
          <FileEditor draft={file} kind="Silence" onForm={() => setFile(false)} />
        ) : (
          <>
            <SilenceFields
              draft={draft}
              onChange={onChange}
              errors={[error, preview.error]}
              isNew={isNew}
              asOf={asOf}
            />
            <div className={page.row}>
              <Button size="compact-sm" onClick={() => setFile(true)}>
                {instead === undefined ? "Edit as file" : "Show as file"}
              </Button>
            </div>
          </>
        )}
        {instead ?? (
          <div className={page.row}>
            <Button type="submit" variant="filled" disabled={!isSeen || textFault !== null} loading={isPending}>
              {button}
            </Button>
            {children}
          </div>
        )}
        <Refusal error={error} atFields />
        {isFile && (
          <div className={page.refusal} role="status">
            <FaultList faults={faultsOf(error ?? preview.error)} />
          </div>
        )}
      </div>
      <SilencePreview
        preview={isEmpty ? undefined : preview.data}
        error={preview.error}
        isEmpty={isEmpty}
        isRefused={isRefused}
        hasEnd={hasEnd}
        asOf={asOf}
      />
    </form>
  );
}

const settleMs = 400;

/** What a draft would silence, asked whenever typing rests. `isSeen`: the preview is that of the draft as it stands. */
function useSilencePreview(draft: SilenceDraft, asOf: string) {
  const may = useMay("respond");
  // As text, so that a draft with the same effect is not previewed again.
  const wanted = JSON.stringify(previewRequest(draft, asOf));
  const [settled] = useDebouncedValue(wanted, settleMs);
  const request: ReturnType<typeof previewRequest> = JSON.parse(settled);
  const preview = useQuery({
    ...queries.silencePreview(request),
    enabled: may === true && request.matchers.length > 0,
    placeholderData: keepPreviousData,
  });
  const isSeen = settled === wanted && request.matchers.length > 0 && preview.isSuccess && !preview.isPlaceholderData;
  return { preview, isSeen, isRefused: may === false, hasEnd: request.endsAt !== undefined };
}
