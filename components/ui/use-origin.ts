"use client";

import { useSyncExternalStore } from "react";
import { withBase } from "#components/api/base-path.ts";

const neverChanges = () => () => {};

/** This Tidemark's own URL, as the browser knows it, with its base path; "" on the server. */
export function useOrigin(): string {
  return useSyncExternalStore(
    neverChanges,
    () => `${window.location.origin}${withBase("/").slice(0, -1)}`,
    () => "",
  );
}
