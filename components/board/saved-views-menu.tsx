"use client";

import Link from "next/link";
import { useRef } from "react";
import styles from "./board-toolbar.module.css";
import { removeView, type SavedView, saveView, useSavedViews } from "./saved-views.ts";

/** Built-in views. */
const given: readonly SavedView[] = [
  { name: "Everything", search: "" },
  { name: "Needs attention", search: "q=state%3Alate%2Cincomplete%2Covercounted%2Cunverified" },
  { name: "High tier by owner", search: "q=tier%3Ahigh&group=owner" },
];

/** Named filters and groups: built-in ones, and those saved in this browser. */
export function SavedViewsMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const saved = useSavedViews();
  const close = () => menu.current?.removeAttribute("open");
  const save = (form: FormData) => {
    const name = String(form.get("name") ?? "").trim();
    const search = new URLSearchParams(window.location.search);
    search.delete("open");
    if (name !== "") saveView({ name, search: search.toString() });
  };
  return (
    <details
      ref={menu}
      className={styles.views}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        close();
        menu.current?.querySelector("summary")?.focus();
      }}
    >
      <summary>Views</summary>
      <div className={styles.menu}>
        <ul>
          {[...given, ...saved].map((view) => (
            <li key={view.name}>
              <Link href={view.search === "" ? "/" : `/?${view.search}`} prefetch={false} onClick={close}>
                {view.name}
              </Link>
              {saved.includes(view) && (
                <button type="button" aria-label={`Delete view ${view.name}`} onClick={() => removeView(view.name)}>
                  Delete
                </button>
              )}
            </li>
          ))}
        </ul>
        <form action={save}>
          <input name="name" aria-label="Name of the current view" placeholder="Name the current view" required />
          <button type="submit">Save</button>
        </form>
      </div>
    </details>
  );
}
