import { useSyncExternalStore } from "react";
import { keep, readKept } from "#components/ui/browser-storage.ts";

export interface SavedView {
  name: string;
  /** The URL's query, such as `q=state%3Alate&group=owner`. */
  search: string;
}

const key = "tidemark.board.views";
const listeners = new Set<() => void>();
const none: readonly SavedView[] = [];
let cache: { text: string | null; views: readonly SavedView[] } = { text: null, views: none };

/** The views saved in this browser. */
export function useSavedViews(): readonly SavedView[] {
  return useSyncExternalStore(subscribe, readViews, () => none);
}

/** Saves a view; one of the same name is replaced. */
export function saveView(view: SavedView): void {
  writeViews([...readViews().filter(({ name }) => name !== view.name), view]);
}

export function removeView(name: string): void {
  writeViews(readViews().filter((view) => view.name !== name));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function readViews(): readonly SavedView[] {
  const text = readKept(key);
  if (text !== cache.text) cache = { text, views: parse(text) };
  return cache.views;
}

function writeViews(views: readonly SavedView[]): void {
  keep(key, JSON.stringify(views));
  for (const listener of listeners) listener();
}

function parse(text: string | null): readonly SavedView[] {
  try {
    const views: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(views)) return none;
    return views.filter(
      (view): view is SavedView => typeof view?.name === "string" && typeof view?.search === "string",
    );
  } catch {
    return none;
  }
}
