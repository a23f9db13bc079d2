"use client";

import { useSyncExternalStore } from "react";
import { keep, readKept } from "./browser-storage.ts";

const storageKey = "tidemark-single-keys";
const changed = "tidemark-single-keys-changed";

/** Whether j, k, / and ? work as single keys: on unless turned off in this browser. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => readKept(storageKey) !== "off",
    () => true,
  );
}

export function setSingleKeys(on: boolean): void {
  keep(storageKey, on ? "on" : "off");
  window.dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(changed, listener);
  return () => window.removeEventListener(changed, listener);
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
