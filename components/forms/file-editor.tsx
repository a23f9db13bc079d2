"use client";

import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import page from "#components/ui/page.module.css";
import { hasComments, readDocument, writeDocument } from "./document.ts";
import styles from "./forms.module.css";
import type { Draft } from "./use-draft.ts";

interface FileEditorProps {
  draft: Draft;
  kind: string;
  onForm: () => void;
}

/** The draft as `tidemark apply` reads it. Each text that can be read is the draft at once. */
export function FileEditor({ draft, kind, onForm }: FileEditorProps) {
  const [text, setText] = useState(() => writeDocument(kind, draft.name, draft.spec));
  const [fault, setFault] = useState<string | null>(null);
  const [warned, setWarned] = useState(false);
  const mayWrite = draft.may !== false;
  const change = (next: string) => {
    setText(next);
    setWarned(false);
    const read = readDocument(next, kind);
    if ("fault" in read) return setFault(read.fault);
    if (!draft.isNew && read.name !== draft.name)
      return setFault(`The name of one that exists cannot change. Keep ${draft.name}, or create a new one.`);
    setFault(null);
    draft.setName(read.name);
    draft.replace(read.spec);
  };
  const toForm = () => {
    if (mayWrite && !warned && hasComments(text)) return setWarned(true);
    onForm();
  };
  return (
    <>
      <Textarea
        label="Document"
        description={mayWrite ? undefined : "Apply it with: npx tidemark apply -f FILE"}
        classNames={{ input: styles.file ?? "" }}
        autosize
        minRows={6}
        maxRows={28}
        spellCheck={false}
        readOnly={!mayWrite}
        value={text}
        error={fault}
        onChange={({ target }) => change(target.value)}
      />
      <div className={page.row}>
        <Button size="compact-sm" onClick={toForm}>
          {mayWrite ? (warned ? "Continue without comments" : "Edit in the form") : "Show the form"}
        </Button>
        {warned && (
          <span role="alert" className={page.refusal}>
            Comments are kept in your own files only: the form and Tidemark drop them.
          </span>
        )}
      </div>
    </>
  );
}
