"use client";

import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import page from "./page.module.css";
import styles from "./ui.module.css";

/** A text with a button that copies it. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  const [said, setSaid] = useState("Copy");
  const shown = useRef<HTMLPreElement>(null);
  async function copy() {
    setSaid((await copyText(text, shown.current)) ? "Copied" : "Selected. Press Ctrl+C to copy");
    setTimeout(() => setSaid("Copy"), 3000);
  }
  return (
    <div className={styles.copyLine}>
      <pre className={page.code} ref={shown}>
        {text}
      </pre>
      <Button onClick={() => void copy()} aria-label={`${said} ${label}`}>
        {said}
      </Button>
      <span className={page.said} role="status">
        {said === "Copy" ? "" : `${said}: ${label}`}
      </span>
    </div>
  );
}

// Without HTTPS a browser has no clipboard API (except on localhost): the text is then selected for manual copying.
async function copyText(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown) window.getSelection()?.selectAllChildren(shown);
    return false;
  }
}
