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

/** Kept for this browser. */
export function chooseScheme(scheme: ColorScheme): void {
  keep(schemeKey, scheme);
  draw();
}

/** What is chosen. The server cannot know what this browser keeps. */
export function useColorScheme(): ColorScheme {
  return useSyncExternalStore(subscribe, readScheme, () => "auto");
}

/** What is drawn: the choice, or what the system is set to. */
export function useDrawnScheme(): "light" | "dark" {
  return useSyncExternalStore(subscribe, drawnScheme, () => "light");
}

/** Goes along with the system, and with what is chosen in another tab. */
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
