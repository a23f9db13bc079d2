"use client";

import { useSyncExternalStore } from "react";

const storageKey = "tidemark-single-keys";
const changed = "tidemark-single-keys-changed";

/** Whether j, k, / and ? act by themselves: on unless the reader turned them off in this browser. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(storageKey) !== "off",
    () => true,
  );
}

export function setSingleKeys(on: boolean): void {
  window.localStorage.setItem(storageKey, on ? "on" : "off");
  window.dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(changed, listener);
  return () => window.removeEventListener(changed, listener);
}
