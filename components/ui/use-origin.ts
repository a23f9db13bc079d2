"use client";

import { useSyncExternalStore } from "react";
import { withBase } from "#components/api/base-path.ts";

const neverChanges = () => () => {};

/** This Tidemark's own URL, as the browser knows it, with its base path; on the server what its caller knows. */
export function useOrigin(onServer = ""): string {
  return useSyncExternalStore(
    neverChanges,
    () => `${window.location.origin}${withBase("/").slice(0, -1)}`,
    () => onServer,
  );
}
