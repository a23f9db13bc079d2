"use client";

import { type RefObject, useLayoutEffect, useState } from "react";
import type { Colouring } from "#domain/matrix.ts";
import { type Palette, readPalette } from "./palette.ts";

/** The colouring's inks as they apply at `area`, read again when the scheme changes; null before the first reading. */
export function usePalette(area: RefObject<HTMLElement | null>, by: Colouring): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useLayoutEffect(() => {
    const read = () => {
      if (area.current?.dataset.by === by) setPalette(readPalette(area.current));
    };
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });
    return () => observer.disconnect();
  }, [area, by]);
  return palette;
}
