"use client";

import { useWindowEvent } from "@mantine/hooks";
import type { RefObject } from "react";
import { isTyping, useSingleKeys } from "#components/ui/single-keys.ts";

interface BoardKeys {
  area: RefObject<HTMLElement | null>;
  filterBox: RefObject<HTMLInputElement | null>;
  /** The types in list order, whether drawn or not. */
  names: readonly string[];
  reveal: (eventType: string) => void;
}

/** j and k move through the rows, ← and → through the hours of one, Esc returns to its name, / focuses the filter. */
export function useBoardKeys({ area, filterBox, names, reveal }: BoardKeys): void {
  const singleKeys = useSingleKeys();
  useWindowEvent("keydown", (event) => {
    // The side sheet has its own keys.
    if (event.defaultPrevented) return;
    if (event.key === "Escape" && event.target === filterBox.current) {
      // Browsers clear the field on Esc: leaving it keeps the text.
      event.preventDefault();
      return filterBox.current?.blur();
    }
    if (isTyping(event) || !area.current) return;
    const row = focusedRow(area.current);
    if (singleKeys && (event.key === "j" || event.key === "k")) {
      const target = nextName(names, row, event.key === "j" ? 1 : -1);
      if (target === undefined) return;
      event.preventDefault();
      return reveal(target);
    }
    const focus = singleKeys && event.key === "/" ? filterBox.current : row && focusWithin(row, event.key);
    if (!focus) return;
    event.preventDefault();
    focus.focus();
    focus.scrollIntoView({ block: "nearest" });
  });
}

function focusedRow(area: HTMLElement): HTMLElement | null {
  return area.contains(document.activeElement) ? (document.activeElement?.closest("tr") ?? null) : null;
}

function nextName(names: readonly string[], row: HTMLElement | null, by: number): string | undefined {
  const name = row?.querySelector<HTMLElement>("[data-row-link]")?.dataset.rowLink;
  const at = name === undefined ? -1 : names.indexOf(name);
  return names[at < 0 ? 0 : at + by];
}

function focusWithin(row: HTMLElement, key: string): HTMLElement | null {
  if (key === "Escape") return row.querySelector<HTMLElement>("[data-row-link]");
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const cells = [...row.querySelectorAll<HTMLElement>("a[data-state]")];
  const at = cells.findIndex((cell) => cell.matches(":focus"));
  // From the name, the first step goes to the newest hour, where trouble is.
  if (at < 0) return cells.at(-1) ?? null;
  return cells[at + (key === "ArrowRight" ? 1 : -1)] ?? null;
}
