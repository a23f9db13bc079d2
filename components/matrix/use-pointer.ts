"use client";

import { type RefObject, useEffect, useRef } from "react";

export interface PointerActs {
  /** A mouse without a button pressed; null: it left. */
  hover: (at: Point | null) => void;
  /** A click or a tap. */
  pick: (at: Point) => void;
  open: (at: Point) => void;
  /** A mouse drags from one position to the other; `done` on release. */
  brush: (from: Point, to: Point, done: boolean) => void;
  /** False: there is nothing to move that way, the page may scroll. */
  pan: (dx: number, dy: number) => boolean;
  zoom: (factor: number, at: Point) => void;
}

export interface Point {
  x: number;
  y: number;
}

const dragFromPx = 5;
/** A wheel's notch is 100 or more, a touchpad pinch one or two: the step is capped here. */
const largestNotch = 30;
const zoomPerNotch = 0.01;

/**
 * Translates mouse, pen, touch and wheel events on an element into gestures. One finger pans, two pinch, a mouse
 * brushes.
 */
export function usePointer(area: RefObject<HTMLElement | null>, acts: PointerActs): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const gesture = new Gesture(element, latest);
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener("pointerdown", gesture.down, { signal });
    element.addEventListener("pointermove", gesture.move, { signal });
    element.addEventListener("pointerup", gesture.up, { signal });
    element.addEventListener("pointercancel", gesture.cancel, { signal });
    element.addEventListener("pointerleave", gesture.leave, { signal });
    element.addEventListener("dblclick", (event) => latest.current.open(gesture.pointOf(event)), { signal });
    element.addEventListener("wheel", gesture.wheel, { signal, passive: false });
    return () => stop.abort();
  }, [area]);
}

class Gesture {
  readonly #element: HTMLElement;
  readonly #acts: RefObject<PointerActs>;
  readonly #held = new Map<number, Point>();
  #start: Point | null = null;
  #isDrag = false;

  constructor(element: HTMLElement, acts: RefObject<PointerActs>) {
    this.#element = element;
    this.#acts = acts;
  }

  pointOf(event: MouseEvent): Point {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#held.set(event.pointerId, this.pointOf(event));
    this.#element.setPointerCapture(event.pointerId);
    if (this.#held.size > 1) this.#isDrag = true;
    else {
      this.#start = this.pointOf(event);
      this.#isDrag = false;
    }
  };

  move = (event: PointerEvent): void => {
    const at = this.pointOf(event);
    const before = this.#held.get(event.pointerId);
    if (!before || !this.#start) {
      if (event.pointerType === "mouse") this.#acts.current.hover(at);
      return;
    }
    if (distance(at, this.#start) >= dragFromPx) this.#isDrag = true;
    if (!this.#isDrag) return;
    if (event.pointerType === "mouse") {
      this.#acts.current.brush(this.#start, at, false);
      this.#held.set(event.pointerId, at);
      return;
    }
    this.#acts.current.hover(null);
    if (this.#held.size === 2) {
      this.#pinch(event.pointerId, before, at);
    } else {
      this.#acts.current.pan(before.x - at.x, before.y - at.y);
    }
    this.#held.set(event.pointerId, at);
  };

  up = (event: PointerEvent): void => {
    const start = this.#start;
    const wasHeld = this.#held.delete(event.pointerId);
    if (!wasHeld || this.#held.size > 0 || !start) return;
    this.#start = null;
    const at = this.pointOf(event);
    if (!this.#isDrag) this.#acts.current.pick(at);
    else if (event.pointerType === "mouse") this.#acts.current.brush(start, at, true);
  };

  leave = (event: PointerEvent): void => {
    // A finger leaves with every tap: the tooltip of its cell stays.
    if (event.pointerType === "mouse") this.#acts.current.hover(null);
  };

  cancel = (event: PointerEvent): void => {
    this.#held.delete(event.pointerId);
    if (this.#held.size === 0) this.#start = null;
  };

  wheel = (event: WheelEvent): void => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const notch = Math.max(-largestNotch, Math.min(largestNotch, event.deltaY));
      this.#acts.current.zoom(Math.exp(-notch * zoomPerNotch), this.pointOf(event));
      return;
    }
    const [dx, dy] = event.shiftKey ? [event.deltaX + event.deltaY, 0] : [event.deltaX, event.deltaY];
    if (this.#acts.current.pan(dx, dy)) event.preventDefault();
  };

  #pinch(id: number, before: Point, at: Point): void {
    const other = [...this.#held].find(([each]) => each !== id)?.[1];
    if (!other) return;
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    this.#acts.current.pan((before.x - at.x) / 2, (before.y - at.y) / 2);
    this.#acts.current.zoom(distance(at, other) / Math.max(1, distance(before, other)), middle);
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
