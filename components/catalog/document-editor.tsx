"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { api, type CatalogueChangeJson } from "#components/api/client.ts";
import { CopyLine } from "#components/ui/copy-line.tsx";
import styles from "./document-editor.module.css";

interface DocumentEditorProps {
  /** Catalogue documents as files write them. */
  initial: string;
  /** What is written in them. */
  label: string;
}

/** Catalogue documents, written here or in a file: first what they would change, then the change. */
export function DocumentEditor({ initial, label }: DocumentEditorProps) {
  const id = useId();
  const router = useRouter();
  const may = useMay("write");
  const [text, setText] = useState(initial);
  const preview = useMutation({ mutationFn: () => api.applyCatalogue(text, { dryRun: true }) });
  const apply = useMutation({
    mutationFn: () => api.applyCatalogue(text, { dryRun: false }),
    onSuccess: () => router.refresh(),
  });
  const error = preview.error ?? apply.error;
  const change = (next: string) => {
    setText(next);
    preview.reset();
    apply.reset();
  };
  return (
    <div className={styles.editor}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        value={text}
        spellCheck={false}
        rows={Math.min(24, text.split("\n").length + 1)}
        readOnly={may !== true}
        onChange={({ target }) => change(target.value)}
      />
      {may === false && (
        <>
          <SignInToAct scope="write" to="change it here" />
          <p>Or save it as a file and apply that:</p>
          <CopyLine text="npx tidemark apply -f FILE" label="the command" />
        </>
      )}
      {may && (
        <div className={styles.buttons}>
          <button type="button" onClick={() => preview.mutate()} disabled={preview.isPending || apply.isPending}>
            See what it changes
          </button>
          {preview.data && changesOf(preview.data.changes) > 0 && (
            <button type="button" className={styles.main} onClick={() => apply.mutate()} disabled={apply.isPending}>
              Apply
            </button>
          )}
        </div>
      )}
      {error && (
        <p className={styles.refusal} role="alert">
          {error.message}
        </p>
      )}
      <div role="status">
        {apply.data ? <p>Applied.</p> : preview.data && <Difference changes={preview.data.changes} />}
      </div>
    </div>
  );
}

function changesOf(changes: readonly CatalogueChangeJson[]): number {
  return changes.filter(({ action }) => action !== "unchanged").length;
}

function Difference({ changes }: { changes: readonly CatalogueChangeJson[] }) {
  if (changesOf(changes) === 0) return <p>It changes nothing: this is how it stands.</p>;
  return (
    <ul className={styles.difference}>
      {changes
        .filter(({ action }) => action !== "unchanged")
        .map(({ kind, name, action, fields }) => (
          <li key={`${kind} ${name}`}>
            {action} {kind} {name}
            <ul>
              {fields.map(({ field, from, to }) => (
                <li key={field}>
                  <code>{field}</code>: <del>{valueText(from)}</del> → <ins>{valueText(to)}</ins>
                </li>
              ))}
            </ul>
          </li>
        ))}
    </ul>
  );
}

function valueText(value: unknown): string {
  if (value === null) return "not said";
  return typeof value === "string" ? value : JSON.stringify(value);
}
