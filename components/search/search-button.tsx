"use client";

import { Button } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import styles from "./search.module.css";

// Loaded on first use: most visits never open it.
const Palette = dynamic(() => import("./palette.tsx"), { ssr: false });

/** Opens the palette, as ⌘K and Ctrl K do anywhere. */
export function SearchButton() {
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k")
        return;
      event.preventDefault();
      setAsked((times) => times + 1);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <Button
        className={styles.button ?? ""}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        rightSection={<kbd>⌘K</kbd>}
        onClick={() => setAsked((times) => times + 1)}
      >
        <span>Go to</span>
      </Button>
      {asked > 0 && <Palette asked={asked} />}
    </>
  );
}
