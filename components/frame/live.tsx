"use client";

import { useLiveChanges } from "#components/api/use-live-changes.ts";

/** Keeps a page's data up to date. Renders nothing. */
export function Live() {
  useLiveChanges();
  return null;
}
