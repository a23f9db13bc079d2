"use client";

import { useEffect } from "react";
import { isTyping, useSingleKeys } from "#components/ui/single-keys.ts";

/** A single key that acts on the incident, unless single keys are turned off or someone types. */
export function useActKey(key: "e" | "s", enabled: boolean, act: () => void): void {
  const singleKeys = useSingleKeys();
  useEffect(() => {
    if (!enabled || !singleKeys) return;
    function onKey(event: KeyboardEvent) {
      if (event.key !== key || isTyping(event)) return;
      event.preventDefault();
      act();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
