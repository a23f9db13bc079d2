"use client";

import { type RefObject, useEffect, useState } from "react";

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

function sharedObserver(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) waiting.get(target)?.();
      }
    },
    { rootMargin: "1000px 0px" },
  );
  return observer;
}

/** True once the element has come near the screen, and from then on. One observer serves every row. */
export function useNearViewport(element: RefObject<Element | null>, from: boolean): boolean {
  const [near, setNear] = useState(from);
  useEffect(() => {
    const target = element.current;
    if (near || !target) return;
    waiting.set(target, () => setNear(true));
    sharedObserver().observe(target);
    return () => sharedObserver().unobserve(target);
  }, [element, near]);
  return near || from;
}
