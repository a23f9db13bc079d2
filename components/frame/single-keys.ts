"use client";

import { useSyncExternalStore } from "react";
import { keep, readKept } from "#components/ui/browser-storage.ts";

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
