"use client";

import { useEffect, useState } from "react";

const restsAfterMs = 200;

/** The text to announce, debounced: not every cell that the pointer crosses should be read out. */
export function useSaid(text: string): string {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), restsAfterMs);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}
