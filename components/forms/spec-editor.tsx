"use client";

import { Button } from "@mantine/core";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import page from "#components/ui/page.module.css";
import { DraftProvider } from "./draft-context.ts";
import { FileEditor } from "./lazy-file-editor.tsx";
import { SaveBar } from "./save-bar.tsx";
import type { Draft } from "./use-draft.ts";
import { useUnsavedGuard } from "./use-unsaved-guard.ts";

interface SpecEditorProps {
  draft: Draft;
  kind: "AlertRule" | "Channel" | "DeploymentHook" | "OnCallSchedule" | "RoutingTree" | "Source";
  /** Completes "Sign in … to". */
  to: string;
  /** The fields, for those who may write, or for whoever may try values out. */
  form: ReactNode;
  /** Instead of the fields, for those who may not write. */
  reader?: ReactNode;
}

/** A specification in a form, with its file one press away: both edit the same draft. */
export function SpecEditor({ draft, kind, to, form, reader }: SpecEditorProps) {
  const [as, setAs] = useQueryState("as", parseAsStringLiteral(["file"]));
  useUnsavedGuard(draft.isDirty && !draft.save.isSuccess);
  const isFile = as === "file";
  return (
    <form
      className={page.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        draft.save.mutate({ anyway: false });
      }}
    >
      {isFile ? (
        <FileEditor key={draft.loads} draft={draft} kind={kind} onForm={() => void setAs(null)} />
      ) : (
        <>
          {draft.may === false && (reader !== undefined || draft.isAnotherTeams) ? (
            reader
          ) : (
            <DraftProvider value={draft}>{form}</DraftProvider>
          )}
          <div className={page.row}>
            <Button size="compact-sm" onClick={() => void setAs("file")}>
              {draft.may === false ? "Show as file" : "Edit as file"}
            </Button>
          </div>
        </>
      )}
      {draft.may === false ? <SignInToAct scope="write" to={to} owner={draft.owner} /> : <SaveBar draft={draft} />}
    </form>
  );
}
