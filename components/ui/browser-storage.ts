"use client";

import { useSyncExternalStore } from "react";

/** Values that the browser refuses to store: they live as long as the page. */
const unkept = new Map<string, string>();
const listeners = new Set<() => void>();

/** The value this browser stores for us under a name; null: none. */
export function readKept(key: string): string | null {
  const here = unkept.get(key);
  if (here !== undefined) return here;
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
    unkept.delete(key);
  } catch {
    unkept.set(key, value);
  }
  for (const listener of listeners) listener();
}

/** The same as it changes, here or in another tab; null on the server. */
export function useKept(key: string): string | null {
  return useSyncExternalStore(
    subscribe,
    () => readKept(key),
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
