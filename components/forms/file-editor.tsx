"use client";

import { Button, Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import page from "#components/ui/page.module.css";
import { hasComments, readDocument, writeDocument } from "./document.ts";
import styles from "./forms.module.css";
import { type Draft, unreadable } from "./use-draft.ts";

const commentsDropped = "Comments are kept in your own files only: the form and Tidemark drop them.";

/** What it reads and changes of a draft. */
export type FileDraft = Pick<
  Draft,
  "name" | "setName" | "spec" | "replace" | "textFault" | "setTextFault" | "isNew" | "may"
>;

interface FileEditorProps {
  draft: FileDraft;
  kind: string;
  onForm: () => void;
}

/** The draft as `tidemark apply` reads it. Each text that can be read is the draft at once. */
export function FileEditor({ draft, kind, onForm }: FileEditorProps) {
  const [text, setText] = useState(() => writeDocument(kind, draft.name, draft.spec));
  const [warned, setWarned] = useState<string | null>(null);
  const { setTextFault: setFault } = draft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: its text ends with it, and so does the text's fault.
  useEffect(() => () => setFault(null), []);
  const mayWrite = draft.may !== false;
  const change = (next: string) => {
    setText(next);
    setWarned(null);
    const read = readDocument(next, kind);
    if ("fault" in read) return setFault(read.fault);
    if (!draft.isNew && read.name !== draft.name)
      return setFault(`The name of one that exists cannot change. Keep ${draft.name}, or create a new one.`);
    setFault(null);
    draft.setName(read.name);
    draft.replace(read.spec);
  };
  const toForm = () => {
    if (draft.textFault !== null) return setWarned(unreadable);
    if (mayWrite && warned === null && hasComments(text)) return setWarned(commentsDropped);
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
        error={draft.textFault}
        onChange={({ target }) => change(target.value)}
      />
      <div className={page.row}>
        <Button size="compact-sm" onClick={toForm}>
          {mayWrite ? (warned === commentsDropped ? "Continue without comments" : "Edit in the form") : "Show the form"}
        </Button>
        {warned !== null && (
          <span role="alert" className={page.refusal}>
            {warned}
          </span>
        )}
      </div>
    </>
  );
}
