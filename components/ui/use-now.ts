"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

/** The browser's clock in milliseconds, one shared tick per second; null in the server's render. */
export function useNow(): number | null {
  const now = useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => 0,
  );
  return now === 0 ? null : now;
}
