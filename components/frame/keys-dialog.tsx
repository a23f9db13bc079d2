"use client";

import { ActionIcon } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { IconKeyboard } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { isTyping, useSingleKeys } from "#components/ui/single-keys.ts";
import styles from "./frame.module.css";

// Loaded on first use: most visits never open it.
const KeyList = dynamic(() => import("./key-list.tsx").then((list) => list.KeyList), { ssr: false });

/** Opens the list of keys, as "?" does anywhere. */
export function KeysDialog() {
  // null: it was not asked for yet.
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const singleKeys = useSingleKeys();
  useWindowEvent("keydown", (event) => {
    if (event.key !== "?" || !singleKeys || isTyping(event)) return;
    event.preventDefault();
    setOpen(true);
  });
  return (
    <>
      <ActionIcon
        className={styles.keys ?? ""}
        onClick={() => setOpen(true)}
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
      >
        <IconKeyboard size={18} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
      {isOpen !== null && <KeyList isOpen={isOpen} onClose={() => setOpen(false)} />}
    </>
  );
}
