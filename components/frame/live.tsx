"use client";

import { useLiveChanges } from "#components/api/use-live-changes.ts";

/** Keeps what a page shows up to date. Shows nothing itself. */
export function Live() {
  useLiveChanges();
  return null;
}
