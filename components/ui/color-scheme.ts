"use client";

import { useEffect, useSyncExternalStore } from "react";
import { keep, readKept } from "./browser-storage.ts";
import { schemeAttribute, schemeKey } from "./color-scheme-script.ts";

export type ColorScheme = "auto" | "light" | "dark";

const listeners = new Set<() => void>();

function readScheme(): ColorScheme {
  const kept = readKept(schemeKey);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

function drawnScheme(): "light" | "dark" {
  const scheme = readScheme();
  if (scheme !== "auto") return scheme;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function draw(): void {
  document.documentElement.setAttribute(schemeAttribute, drawnScheme());
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stored in this browser. */
export function chooseScheme(scheme: ColorScheme): void {
  keep(schemeKey, scheme);
  draw();
}

/** The choice. The server cannot know what this browser stores. */
export function useColorScheme(): ColorScheme {
  return useSyncExternalStore(subscribe, readScheme, () => "auto");
}

/** The effective scheme: the choice, or the system's setting. */
export function useDrawnScheme(): "light" | "dark" {
  return useSyncExternalStore(subscribe, drawnScheme, () => "light");
}

/** Follows the system, and choices made in other tabs. */
export function useFollowedScheme(): void {
  useEffect(() => {
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", draw);
    window.addEventListener("storage", draw);
    return () => {
      system.removeEventListener("change", draw);
      window.removeEventListener("storage", draw);
    };
  }, []);
}
