"use client";

import { useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/** This Tidemark's own URL, as the browser knows it; "" on the server. */
export function useOrigin(): string {
  return useSyncExternalStore(
    neverChanges,
    () => window.location.origin,
    () => "",
  );
}
