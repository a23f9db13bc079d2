"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

// Browsers refuse more than a few changes of the URL a second.
const writeAfterMs = 200;

/** The filter as written, kept in the URL as `?q=` without an entry in the history for every letter. */
export function useFilterText(): [string, (text: string) => void] {
  const inUrl = useSearchParams().get("q") ?? "";
  const [text, setText] = useState(inUrl);
  const ours = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    // The URL follows the letters a little later: what comes back of our own writing must not undo what was typed since.
    const at = ours.current.indexOf(inUrl);
    if (at >= 0) {
      ours.current.splice(0, at + 1);
      return;
    }
    // A link (a datacenter's, say) or the history changed it: that is the filter now.
    clearTimeout(timer.current);
    setText(inUrl);
  }, [inUrl]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const write = useCallback((next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const query = next.trim() ? next : "";
      const url = new URL(window.location.href);
      if ((url.searchParams.get("q") ?? "") === query) return;
      if (query) url.searchParams.set("q", query);
      else url.searchParams.delete("q");
      ours.current.push(query);
      window.history.replaceState(null, "", url);
    }, writeAfterMs);
  }, []);
  return [text, write];
}
