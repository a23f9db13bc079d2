"use client";

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { keepOrder } from "./settled-order.ts";

/**
 * Rows never jump while the pointer or focus is within `area`: their new order waits until both are gone, or the user asks
 * for it. `question` is what they are ordered by: another one is answered at once.
 */
export function useSettledRows(
  latest: readonly CompactBoardRowJson[],
  area: RefObject<HTMLElement | null>,
  question: unknown,
) {
  const [held, setHeld] = useState(false);
  const shown = useRef<{ names: string[]; question: unknown }>({ names: [], question });
  const [asked, ask] = useState(0);
  useHolding(area, setHeld);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` releases the held order
  const { rows, moved } = useMemo(() => {
    const next = latest.map((row) => row.eventType);
    if (!held || shown.current.names.length === 0 || shown.current.question !== question)
      return { rows: [...latest], moved: 0 };
    const kept = keepOrder(shown.current.names, next);
    const byName = new Map(latest.map((row) => [row.eventType, row]));
    return { rows: kept.names.flatMap((name) => byName.get(name) ?? []), moved: kept.moved };
  }, [latest, held, asked, question]);
  useEffect(() => {
    shown.current = { names: rows.map((row) => row.eventType), question };
  }, [rows, question]);
  const showNewOrder = useCallback(() => {
    shown.current = { names: [], question: null };
    ask((count) => count + 1);
  }, []);
  return { rows, moved, showNewOrder };
}

function useHolding(area: RefObject<HTMLElement | null>, setHeld: (held: boolean) => void): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const update = () => setHeld(element.matches(":hover") || element.contains(document.activeElement));
    // The pointer may have been here before hydration.
    update();
    // While its event runs, a leaving focus is still there.
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
