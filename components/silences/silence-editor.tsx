"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { ApiProblem } from "#components/api/client.ts";
import forms from "#components/forms/forms.module.css";
import page from "#components/ui/page.module.css";
import type { SilenceDraft } from "./silence-draft.ts";
import { SilenceFields } from "./silence-fields.tsx";
import { SilencePreview } from "./silence-preview.tsx";
import { useSilencePreview } from "./use-silence-preview.ts";

interface SilenceEditorProps {
  /** Its name for screen readers. */
  label: string;
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
  const { label, draft, onChange, isNew, button, onSubmit, isPending, error, asOf, instead, children } = props;
  const { preview, isSeen, isRefused, hasEnd } = useSilencePreview(draft, asOf);
  const isEmpty = draft.matchers.length === 0;
  return (
    <form
      className={forms.beside}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isSeen) onSubmit();
      }}
    >
      <div className={page.form}>
        <SilenceFields draft={draft} onChange={onChange} errors={[error, preview.error]} isNew={isNew} asOf={asOf} />
        {instead ?? (
          <div className={page.row}>
            <Button type="submit" variant="filled" disabled={!isSeen} loading={isPending}>
              {button}
            </Button>
            {children}
          </div>
        )}
        {error && (
          <p className={page.refusal} role="alert">
            {/* Its faults stand beside their fields. */}
            {error instanceof ApiProblem ? error.detail : error.message}
          </p>
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
