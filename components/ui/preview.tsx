import type { ReactNode } from "react";
import page from "./page.module.css";

interface PreviewProps<Data> {
  preview: Data | undefined;
  error: Error | null;
  isAsked: boolean;
  /** What is to be filled in first. */
  hint: string;
  children: (preview: Data) => ReactNode;
}

/** What an act would do, announced as it changes: what is missing, why it is refused, or the effect. */
export function Preview<Data>({ preview, error, isAsked, hint, children }: PreviewProps<Data>) {
  return (
    <div className={page.list} role="status" aria-label="Preview">
      {!isAsked ? (
        <p className={page.quiet}>{hint}</p>
      ) : error ? (
        <p className={page.refusal}>{error.message}</p>
      ) : preview ? (
        children(preview)
      ) : (
        <p className={page.quiet}>Loading the preview…</p>
      )}
    </div>
  );
}
