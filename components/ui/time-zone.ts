"use client";

import { useSyncExternalStore } from "react";

/** The zone that times are shown in: UTC, or the reader's own. */
export type ZoneChoice = "utc" | "local";

const storageKey = "tidemark-zone";
const changed = "tidemark-zone-changed";

function readChoice(): ZoneChoice {
  const inUrl = new URLSearchParams(window.location.search).get("tz");
  if (inUrl === "local" || inUrl === "utc") return inUrl;
  return window.localStorage.getItem(storageKey) === "local" ? "local" : "utc";
}

/** Kept for this browser, and in the URL, so that a link shows what its sender saw. */
export function chooseZone(choice: ZoneChoice): void {
  window.localStorage.setItem(storageKey, choice);
  const url = new URL(window.location.href);
  url.searchParams.set("tz", choice);
  window.history.replaceState(null, "", url);
  window.dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  const events = [changed, "storage", "popstate"];
  for (const event of events) window.addEventListener(event, listener);
  return () => {
    for (const event of events) window.removeEventListener(event, listener);
  };
}

export function useZoneChoice(): ZoneChoice {
  return useSyncExternalStore(subscribe, readChoice, () => "utc");
}

/** The reader's own zone by its IANA name; UTC while the server renders, which cannot know it. */
export function useLocalZone(): string {
  return useSyncExternalStore(
    subscribe,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    () => "UTC",
  );
}
