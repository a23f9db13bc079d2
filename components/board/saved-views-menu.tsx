"use client";

import { Button, CloseButton, Popover, TextInput } from "@mantine/core";
import "#components/ui/popover.css";
import { useMemo, useRef, useState } from "react";
import { keep, readKept, useKept } from "#components/ui/browser-storage.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import styles from "./board.module.css";
import { ViewsTarget } from "./views-target.tsx";

/** Built-in views. */
const given: readonly SavedView[] = [
  { name: "Everything", search: "" },
  { name: "Needs attention", search: "q=state%3Alate%2Cincomplete%2Covercounted%2Cunverified" },
  { name: "High tier by owner", search: "q=tier%3Ahigh&group=owner" },
];

/** Named filters and groups: built-in ones, and those saved in this browser. */
export function SavedViewsMenu() {
  const [isOpen, setOpen] = useState(true);
  const target = useRef<HTMLButtonElement>(null);
  const saved = useSavedViews();
  const change = (open: boolean) => {
    setOpen(open);
    // The popover cannot know it: the button that opened it first was another.
    if (!open) target.current?.focus();
  };
  const save = (form: FormData) => {
    const name = String(form.get("name") ?? "").trim();
    const search = new URLSearchParams(window.location.search);
    search.delete("open");
    if (name !== "") saveView({ name, search: search.toString() });
  };
  return (
    <Popover opened={isOpen} onChange={change} position="bottom-start" width={300} trapFocus>
      <Popover.Target>
        <ViewsTarget ref={target} onClick={() => setOpen(!isOpen)} />
      </Popover.Target>
      <Popover.Dropdown aria-label="Views">
        <ul className={styles.views}>
          {[...given, ...saved].map((view) => (
            <li key={view.name}>
              <PageLink href={view.search === "" ? "/" : `/?${view.search}`} onClick={() => setOpen(false)}>
                {view.name}
              </PageLink>
              {saved.includes(view) && (
                <CloseButton aria-label={`Delete view ${view.name}`} onClick={() => removeView(view.name)} />
              )}
            </li>
          ))}
        </ul>
        <form action={save} className={styles.viewForm}>
          <TextInput name="name" aria-label="Name of the current view" placeholder="Name the current view" required />
          <Button type="submit">Save</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

interface SavedView {
  name: string;
  /** The URL's query, such as `q=state%3Alate&group=owner`. */
  search: string;
}

const key = "tidemark.board.views";

/** The views saved in this browser. */
function useSavedViews(): readonly SavedView[] {
  const text = useKept(key);
  return useMemo(() => parse(text), [text]);
}

/** Saves a view; one of the same name is replaced. */
function saveView(view: SavedView): void {
  keep(key, JSON.stringify([...others(view.name), view]));
}

function removeView(name: string): void {
  keep(key, JSON.stringify(others(name)));
}

function others(name: string): SavedView[] {
  return parse(readKept(key)).filter((view) => view.name !== name);
}

function parse(text: string | null): SavedView[] {
  try {
    const views: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(views)) return [];
    return views.filter(
      (view): view is SavedView => typeof view?.name === "string" && typeof view?.search === "string",
    );
  } catch {
    return [];
  }
}
