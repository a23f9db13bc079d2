"use client";

import { useEffect, useState } from "react";

const restsAfterMs = 200;

/** What is to be announced: the text once it rests, for nobody wants to hear every cell that a pointer crosses. */
export function useSaid(text: string): string {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), restsAfterMs);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}
