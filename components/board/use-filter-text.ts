"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

// Browsers refuse more than a few URL changes per second.
const writeAfterMs = 200;

/** The filter's text, kept in the URL as `?q=` without a history entry per keystroke. */
export function useFilterText() {
  const inUrl = useSearchParams().get("q") ?? "";
  const [text, setText] = useState(inUrl);
  const ours = useRef<string[]>([]);
  const latest = useRef(inUrl);
  const waiting = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    // The URL is written with a delay: our own write coming back must not undo newer typing.
    const at = ours.current.indexOf(inUrl);
    if (at >= 0) {
      ours.current.splice(0, at + 1);
      return;
    }
    // Changed by a link (a datacenter's, say) or the history: that is the filter now.
    waiting.current = null;
    latest.current = inUrl;
    setText(inUrl);
  }, [inUrl]);
  useEffect(() => () => clearTimeout(timer.current), []);

  // Writes the text to the URL now. Delayed, the write would cancel a navigation in progress.
  const settle = useCallback(() => {
    clearTimeout(timer.current);
    if (waiting.current === null) return;
    const query = waiting.current.trim() ? waiting.current : "";
    waiting.current = null;
    const url = new URL(window.location.href);
    if ((url.searchParams.get("q") ?? "") === query) return;
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    ours.current.push(query);
    window.history.replaceState(null, "", url);
  }, []);
  const write = useCallback(
    (next: string) => {
      setText(next);
      latest.current = next;
      waiting.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(settle, writeAfterMs);
    },
    [settle],
  );
  /** `latest` is the text as last written, drawn or not. */
  return { text, write, latest: useCallback(() => latest.current, []), settle };
}
