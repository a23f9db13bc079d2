"use client";

import { type RefObject, useEffect, useState } from "react";

/** An element's width and height in CSS pixels, and the device's pixels to each; null before the first look. */
export function useSize(area: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState<{ width: number; height: number; ratio: number } | null>(null);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize({ width, height, ratio: window.devicePixelRatio || 1 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [area]);
  return size;
}
