"use client";

import { keep, useKept } from "./browser-storage.ts";

const storageKey = "tidemark-single-keys";

/** Whether j, k, / and ? work as single keys: on unless turned off in this browser. */
export function useSingleKeys(): boolean {
  return useKept(storageKey) !== "off";
}

export function setSingleKeys(on: boolean): void {
  keep(storageKey, on ? "on" : "off");
}

/** Keys with a modifier, or typed into a field, are not ours. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    target?.closest("input, textarea, select, [contenteditable], [role=dialog]") != null
  );
}
