"use client";

import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay, useMayChange } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { CopyLine } from "#components/ui/copy-line.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { toast } from "#components/ui/toast.ts";
import type { Owner } from "#domain/access/may-change.ts";
import type { CatalogueChangeJson } from "#domain/api/catalogue.ts";
import { effectWords } from "#domain/catalogue/effect.ts";
import styles from "./document-editor.module.css";

interface DocumentEditorProps {
  /** Catalogue documents as written in files. */
  initial: string;
  /** Their text. */
  label: string;
  /** Where the page holds the text, because other parts read or change it. */
  draft?: { text: string; setText: (text: string) => void };
  /** The team that owns what it is about. */
  owner?: Owner;
  /** Called after applying; default: the page reloads. */
  onApplied?: (changes: readonly CatalogueChangeJson[]) => void;
}

/** Catalogue documents, typed here or loaded from a file: first a preview of the changes, then the changes. */
export function DocumentEditor({ initial, label, draft, owner = null, onApplied }: DocumentEditorProps) {
  const router = useRouter();
  const may = useMayChange(owner);
  const mayWrite = useMay("write");
  const [own, setOwn] = useState(initial);
  const { text, setText } = draft ?? { text: own, setText: setOwn };
  const looked = useMutation({ mutationFn: (looking: string) => applyCatalogue(looking, "true") });
  const applied = useMutation({
    mutationFn: (applying: string) => applyCatalogue(applying, "false"),
    onSuccess: ({ changes }) => {
      toast({ message: "Applied." });
      return onApplied ? onApplied(changes) : router.refresh();
    },
  });
  // An answer about another text does not apply to this one.
  const preview = looked.variables === text ? looked : null;
  const apply = applied.variables === text ? applied : null;
  const busy = looked.isPending || applied.isPending;
  const look = () => {
    applied.reset();
    looked.mutate(text);
  };
  const error = preview?.error ?? apply?.error;
  return (
    <div className={page.list}>
      <Textarea
        label={label}
        value={text}
        spellCheck={false}
        rows={Math.min(24, text.split("\n").length + 1)}
        readOnly={may !== true}
        styles={{ input: { fontFamily: "var(--tm-mono)", fontSize: 13, lineHeight: "20px" } }}
        onChange={({ target }) => setText(target.value)}
      />
      {may === false && (
        <>
          <SignInToAct scope="write" to="edit it here" owner={owner} />
          {/* What belongs to another team is refused in a file too. */}
          {mayWrite === false && (
            <>
              <p>Or save it as a file and apply it:</p>
              <CopyLine text="npx tidemark apply -f FILE" label="the command" />
            </>
          )}
        </>
      )}
      {may && (
        <div className={page.row}>
          <Button onClick={look} disabled={busy}>
            Preview changes
          </Button>
          {preview?.data && !apply?.data && changesOf(preview.data.changes) > 0 && (
            <Button variant="filled" onClick={() => applied.mutate(text)} disabled={busy}>
              Apply
            </Button>
          )}
        </div>
      )}
      <Refusal error={error} />
      <div role="status">{!apply?.data && preview?.data && <Difference changes={preview.data.changes} />}</div>
    </div>
  );
}

/** Catalogue documents in YAML: what they would change, or have changed. */
function applyCatalogue(body: string, dryRun: "true" | "false") {
  const headers = { "content-type": "application/yaml" };
  return answerOf(
    api.POST("/catalogue", { params: { query: { dryRun } }, body, headers, bodySerializer: (text) => text }),
  );
}

function changesOf(changes: readonly CatalogueChangeJson[]): number {
  return changes.filter(({ action }) => action !== "unchanged").length;
}

function Difference({ changes }: { changes: readonly CatalogueChangeJson[] }) {
  if (changesOf(changes) === 0) return <p>No changes.</p>;
  return (
    <ul className={styles.difference}>
      {changes
        .filter(({ action }) => action !== "unchanged")
        .map(({ kind, name, action, fields, effect }) => (
          <li key={`${kind} ${name}`}>
            {action} {kind} {name}
            <ul>
              {fields.map(({ field, from, to }) => (
                <li key={field}>
                  <code>{field}</code>: <del>{valueText(from)}</del> → <ins>{valueText(to)}</ins>
                </li>
              ))}
              {(effect ? effectWords(effect, { kind, name }) : []).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </li>
        ))}
    </ul>
  );
}

function valueText(value: unknown): string {
  if (value === null) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}
