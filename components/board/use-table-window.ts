"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useState } from "react";
import { lineKey, type TableLine } from "./table-lines.ts";

const rowPx = 37;
/** Where rows have two lines. */
const cardPx = 77;
const cards = "(max-width: 900px)";
const groupPx = 32;
const overscan = 8;
/** The rows drawn on the server, and in the browser before its height is known: a large screen of them. */
const firstScreen = { width: 1440, height: 900 };

/** The lines near the screen: the others leave their space empty. A focused line is drawn wherever it is. */
export function useTableWindow(lines: readonly TableLine[], area: RefObject<HTMLElement | null>) {
  const [top, setTop] = useState(0);
  // The server's guess: the first client render is then the same.
  const [guessPx, setGuessPx] = useState(rowPx);
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: lines.length,
    estimateSize: (index) => (lines[index]?.row ? guessPx : groupPx),
    getItemKey: (index) => {
      const line = lines[index];
      return line ? lineKey(line) : index;
    },
    overscan,
    initialRect: firstScreen,
    initialOffset: 0,
    scrollMargin: top,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const focused = focusedIndex(area.current, lines);
      return focused < 0 || shown.includes(focused) ? shown : [...shown, focused].sort((a, b) => a - b);
    },
  });
  useLayoutEffect(() => setGuessPx(window.matchMedia(cards).matches ? cardPx : rowPx), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new guess starts all measuring over
  useLayoutEffect(() => virtualizer.measure(), [guessPx]);
  // Content above may change its height at any time.
  useLayoutEffect(() => {
    const element = area.current?.querySelector("tbody");
    const next = element ? Math.round(element.getBoundingClientRect().top + window.scrollY) : top;
    if (next !== top) setTop(next);
  });
  const items = virtualizer.getVirtualItems();
  // Above the first drawn line, and below the last, in pixels.
  const above = Math.max(0, (items[0]?.start ?? top) - top);
  const below = Math.max(0, virtualizer.getTotalSize() - ((items.at(-1)?.end ?? top) - top));
  return { virtualizer, items, above, below };
}

function focusedIndex(area: HTMLElement | null, lines: readonly TableLine[]): number {
  const focused = typeof document === "undefined" ? null : document.activeElement;
  const row = area && focused && area.contains(focused) ? focused.closest("tr") : null;
  const name = row?.querySelector<HTMLElement>("[data-row-link]")?.dataset.rowLink;
  return name === undefined ? -1 : lines.findIndex((line) => line.row?.eventType === name);
}
