"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";

/** The filter as written, kept in the URL as `?q=`: without an entry in the history for every letter. */
export function useFilterText(): [string, (text: string) => void] {
  const inUrl = useSearchParams().get("q") ?? "";
  const [written, setWritten] = useState({ text: inUrl, inUrl });
  // A link (a datacenter's, say) changed the URL: that is the filter now.
  const text = written.inUrl === inUrl ? written.text : inUrl;
  function setText(next: string) {
    const url = new URL(window.location.href);
    if (next.trim()) url.searchParams.set("q", next);
    else url.searchParams.delete("q");
    window.history.replaceState(null, "", url);
    setWritten({ text: next, inUrl: next.trim() ? next : "" });
  }
  return [text, setText];
}
