"use client";

import { type RefObject, useEffect } from "react";
import { isTyping } from "#components/frame/keys-dialog.tsx";
import { useSingleKeys } from "#components/frame/single-keys.ts";

/** j and k go through the rows, ← and → through the hours of one, Esc back to its name, / into the filter. */
export function useBoardKeys(area: RefObject<HTMLElement | null>, filterBox: RefObject<HTMLInputElement | null>): void {
  const singleKeys = useSingleKeys();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      // The side sheet's own keys.
      if (event.defaultPrevented) return;
      if (event.key === "Escape" && event.target === filterBox.current) {
        // A browser would empty the field: leaving it keeps what is written.
        event.preventDefault();
        return filterBox.current?.blur();
      }
      if (isTyping(event) || !area.current) return;
      const focus =
        singleKeys && event.key === "/" ? filterBox.current : nextFocus(event.key, area.current, singleKeys);
      if (!focus) return;
      event.preventDefault();
      focus.focus();
      focus.scrollIntoView({ block: "nearest" });
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [area, filterBox, singleKeys]);
}

function nextFocus(key: string, area: HTMLElement, singleKeys: boolean): HTMLElement | null {
  const row = area.contains(document.activeElement) ? (document.activeElement?.closest("tr") ?? null) : null;
  if (singleKeys && (key === "j" || key === "k")) {
    const links = [...area.querySelectorAll<HTMLElement>("[data-row-link]")];
    const at = links.findIndex((link) => row?.contains(link));
    return links[at < 0 ? 0 : at + (key === "j" ? 1 : -1)] ?? null;
  }
  if (!row) return null;
  const name = row.querySelector<HTMLElement>("[data-row-link]");
  if (key === "Escape") return name;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const cells = [...row.querySelectorAll<HTMLElement>("a[data-state]")];
  const at = cells.findIndex((cell) => cell.matches(":focus"));
  // From the name, the first step goes to the newest hour, where trouble is.
  if (at < 0) return cells.at(-1) ?? null;
  return cells[at + (key === "ArrowRight" ? 1 : -1)] ?? null;
}
