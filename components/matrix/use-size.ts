"use client";

import { type RefObject, useLayoutEffect, useState } from "react";

/** An element's width and height in CSS pixels, and the device pixel ratio; null before the first measurement. */
export function useSize(area: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState<{ width: number; height: number; ratio: number } | null>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const ratio = window.devicePixelRatio || 1;
      setSize((before) =>
        before?.width === width && before.height === height && before.ratio === ratio
          ? before
          : { width, height, ratio },
      );
    };
    // At once, before the first frame: the observer's first callback comes after it.
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [area]);
  return size;
}
