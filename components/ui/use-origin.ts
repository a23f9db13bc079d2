"use client";

import { useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/** Where this Tidemark is reached, as the browser knows it; "" while the server draws. */
export function useOrigin(): string {
  return useSyncExternalStore(
    neverChanges,
    () => window.location.origin,
    () => "",
  );
}
