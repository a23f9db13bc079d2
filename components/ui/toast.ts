"use client";

import { type ReactNode, useSyncExternalStore } from "react";

export interface Toast {
  /** What became of an act: one short sentence. */
  message: ReactNode;
  /** Takes the act back. What it offers is on the page too: a toast goes away. */
  undo?: () => Promise<unknown>;
}

const listeners = new Set<() => void>();
let latest: Toast | null = null;

/** Says what became of an act, wherever the page has gone since. It replaces the one before. */
export function toast(next: Toast): void {
  latest = next;
  for (const listener of listeners) listener();
}

/** The latest; null: none since the page was loaded. */
export function useToast(): Toast | null {
  return useSyncExternalStore(
    subscribe,
    () => latest,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
