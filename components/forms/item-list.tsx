"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import page from "#components/ui/page.module.css";
import { useEdited } from "./draft-context.ts";
import styles from "./forms.module.css";
import { objectsOf, type Path, type WrittenSpec } from "./spec-path.ts";

interface ItemListProps {
  /** The list's own. */
  path: Path;
  title: string;
  hint: string;
  /** One of them, as it begins. */
  blank: WrittenSpec;
  /** "receiver", for its buttons. */
  what: string;
  fields: (path: Path, item: WrittenSpec) => ReactNode;
}

/** A list within a specification: each item with its fields, to be added and removed. */
export function ItemList({ path, title, hint, blank, what, fields }: ItemListProps) {
  const draft = useEdited();
  const items = objectsOf(draft.at(path));
  return (
    <section aria-label={title}>
      {/* One within another needs no heading while it is empty. */}
      {(items.length > 0 || path.length === 1) && (
        <>
          <h3>{title}</h3>
          <p className={page.hint}>{hint}</p>
        </>
      )}
      <ul className={styles.items}>
        {items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place: its name is one of its fields.
          <li key={at}>
            {fields([...path, at], item)}
            <Button
              size="compact-sm"
              aria-label={`Remove ${what} ${String(item.name ?? at + 1)}`}
              onClick={() => draft.set(path, items.length === 1 ? undefined : items.filter((_, index) => index !== at))}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <Button size="compact-sm" onClick={() => draft.set(path, [...items, blank])}>
        Add {/^[aeiou]/.test(what) ? "an" : "a"} {what}
      </Button>
    </section>
  );
}
