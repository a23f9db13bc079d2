"use client";

import { type PointerEvent, type RefObject, useState } from "react";
import { type Path, pointerOf, type WrittenSpec } from "#components/forms/spec-path.ts";
import type { Draft } from "#components/forms/use-draft.ts";
import { dragMove, levelAfter } from "./drag-move.ts";
import { moveRoute } from "./move-route.ts";

interface Dragged {
  path: Path;
  levelX: number;
  /** What a cancelled gesture goes back to. */
  before: WrittenSpec;
}

/**
 * Dragging a route by its grip: each step is a move as its buttons make it. The list has the pointer, because the dragged line is
 * drawn elsewhere after each step.
 */
export function useRouteDrag(draft: Draft, list: RefObject<HTMLUListElement | null>, onEnd: (path: Path) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const begin = (path: Path) => (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return;
    list.current?.setPointerCapture(event.pointerId);
    setDragged({ path, levelX: event.clientX, before: draft.spec });
  };
  function follow({ clientX, clientY }: PointerEvent) {
    if (!dragged) return;
    const item = list.current?.querySelector(`[data-path="${CSS.escape(pointerOf(dragged.path))}"]`)?.closest("li");
    if (!item) return;
    const boxOf = (element: Element | null) => element?.getBoundingClientRect() ?? null;
    const around = {
      levelX: dragged.levelX,
      before: boxOf(item.previousElementSibling),
      after: boxOf(item.nextElementSibling),
    };
    const move = dragMove({ x: clientX, y: clientY }, around);
    const next = move && moveRoute(draft.spec, dragged.path, move);
    if (!next) return;
    draft.replace(next.spec);
    setDragged({ ...dragged, path: next.path, levelX: levelAfter(move, dragged.levelX) });
  }
  function end() {
    if (dragged) onEnd(dragged.path);
    setDragged(null);
  }
  function cancel() {
    if (dragged) draft.replace(dragged.before);
    setDragged(null);
  }
  return {
    dragged: dragged && pointerOf(dragged.path),
    begin,
    handlers: { onPointerMove: follow, onPointerUp: end, onPointerCancel: cancel },
  };
}
