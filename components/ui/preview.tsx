import type { ReactNode } from "react";
import { ApiProblem, detailOf } from "#components/api/client.ts";
import page from "./page.module.css";

interface PreviewProps<Data> {
  preview: Data | undefined;
  error: Error | null;
  isAsked: boolean;
  /** What is to be filled in first. */
  hint: string;
  children: (preview: Data) => ReactNode;
}

/** What an act would do, announced as it changes: what is missing, why it is refused (its faults stand at their fields), or the effect. */
export function Preview<Data>({ preview, error, isAsked, hint, children }: PreviewProps<Data>) {
  return (
    <div className={page.list} role="status" aria-label="Preview">
      {!isAsked ? (
        <p className={page.quiet}>{hint}</p>
      ) : error ? (
        <p className={page.refusal}>{refusalText(error)}</p>
      ) : preview ? (
        children(preview)
      ) : (
        <p className={page.quiet}>Loading the preview…</p>
      )}
    </div>
  );
}

/** An invalid input's faults stand at its fields; the only one is the refusal itself. */
function refusalText(error: Error): string {
  const isAtFields = error instanceof ApiProblem && error.status === 400 && error.faults.length > 0;
  if (!isAtFields || error.faults.some(({ detail }) => detail === error.detail)) return detailOf(error);
  return "There is no preview until the errors are corrected.";
}
