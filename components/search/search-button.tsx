"use client";

import { Button } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import styles from "./search.module.css";

// Loaded on first use: most visits never open it.
const Palette = dynamic(() => import("./palette.tsx"), { ssr: false });

/** Opens the palette, as ⌘K and Ctrl K do anywhere. */
export function SearchButton() {
  const [asked, setAsked] = useState(0);
  useWindowEvent("keydown", (event) => {
    if (!(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    setAsked(asked + 1);
  });
  return (
    <>
      <Button
        className={styles.button ?? ""}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        rightSection={<kbd>⌘K</kbd>}
        onClick={() => setAsked(asked + 1)}
      >
        <span>Go to</span>
      </Button>
      {asked > 0 && <Palette asked={asked} />}
    </>
  );
}
