"use client";

import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { copyText } from "./copy-text.ts";
import page from "./page.module.css";
import styles from "./ui.module.css";

/** A text with a button that copies it. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  const [said, setSaid] = useState("Copy");
  const shown = useRef<HTMLPreElement>(null);
  async function copy() {
    const isCopied = await copyText(text);
    // For manual copying.
    if (!isCopied && shown.current) window.getSelection()?.selectAllChildren(shown.current);
    setSaid(isCopied ? "Copied" : "Selected. Press Ctrl+C to copy");
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
