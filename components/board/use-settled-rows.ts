"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { BoardRowJson } from "#domain/api/board.ts";
import { keepOrder } from "./settled-order.ts";

interface SettledRows {
  rows: BoardRowJson[];
  moved: number;
  showNewOrder: () => void;
}

/** Rows never jump under a pointer or a focus within `area`: their new order waits until both are gone, or is asked for. */
export function useSettledRows(latest: readonly BoardRowJson[], area: RefObject<HTMLElement | null>): SettledRows {
  const [held, setHeld] = useState(false);
  const shown = useRef<string[]>([]);
  const [, redraw] = useState(0);
  useHolding(area, setHeld);

  const next = latest.map((row) => row.eventType);
  const { names, moved } =
    held && shown.current.length > 0 ? keepOrder(shown.current, next) : { names: next, moved: 0 };
  useEffect(() => {
    shown.current = names;
  });
  const byName = new Map(latest.map((row) => [row.eventType, row]));
  const showNewOrder = useCallback(() => {
    shown.current = [];
    redraw((count) => count + 1);
  }, []);
  return { rows: names.flatMap((name) => byName.get(name) ?? []), moved, showNewOrder };
}

function useHolding(area: RefObject<HTMLElement | null>, setHeld: (held: boolean) => void): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const update = () => setHeld(element.matches(":hover") || element.contains(document.activeElement));
    // The pointer may have been here before the page came alive.
    update();
    // A focus that leaves is not gone yet while its event runs.
    const later = () => setTimeout(update);
    element.addEventListener("pointerenter", update);
    element.addEventListener("pointerleave", update);
    element.addEventListener("focusin", later);
    element.addEventListener("focusout", later);
    return () => {
      element.removeEventListener("pointerenter", update);
      element.removeEventListener("pointerleave", update);
      element.removeEventListener("focusin", later);
      element.removeEventListener("focusout", later);
    };
  }, [area, setHeld]);
}
