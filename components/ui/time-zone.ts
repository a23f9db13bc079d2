"use client";

import { useSyncExternalStore } from "react";
import { keep, readKept } from "./browser-storage.ts";

/** The zone that times are shown in: UTC, or the reader's own. */
export type ZoneChoice = "utc" | "local";

const storageKey = "tidemark-zone";
const listeners = new Set<() => void>();
// A page shows hundreds of times: the choice is read once for all of them.
let read: { search: string; choice: ZoneChoice } | null = null;
let localName: string | null = null;

function readChoice(): ZoneChoice {
  const { search } = window.location;
  if (read?.search !== search) read = { search, choice: chosenIn(search) };
  return read.choice;
}

function chosenIn(search: string): ZoneChoice {
  const inUrl = new URLSearchParams(search).get("tz");
  if (inUrl === "local" || inUrl === "utc") return inUrl;
  return readKept(storageKey) === "local" ? "local" : "utc";
}

/** Stored in this browser, and in the URL, so that a link shows what its sender saw. */
export function chooseZone(choice: ZoneChoice): void {
  keep(storageKey, choice);
  const url = new URL(window.location.href);
  url.searchParams.set("tz", choice);
  window.history.replaceState(null, "", url);
  readAgain();
}

function readAgain(): void {
  read = null;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) for (const event of ["storage", "popstate"]) window.addEventListener(event, readAgain);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) for (const event of ["storage", "popstate"]) window.removeEventListener(event, readAgain);
  };
}

export function useZoneChoice(): ZoneChoice {
  return useSyncExternalStore(subscribe, readChoice, () => "utc");
}

/** The reader's own zone by its IANA name. Only in the browser, and on demand: browsers are slow to compute it. */
export function localZone(): string {
  localName ??= Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return localName;
}
