"use client";

import { IconKeyboard } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { isTyping, setSingleKeys, useSingleKeys } from "#components/ui/single-keys.ts";
import styles from "./frame.module.css";

const keys = [
  ["j, k", "next and previous event type on the board"],
  ["← →", "previous and next hour of the selected type"],
  ["Enter", "open the selected type beside the board; again, its page"],
  ["⌘K, Ctrl K", "go to a type, an hour, a datacenter, an incident, a page"],
  ["e", "acknowledge the open incident"],
  ["s", "silence the open incident"],
  ["/", "focus the board’s filter"],
  ["Esc", "leave the filter or side sheet; from an hour, go to its type"],
  ["?", "show this list"],
] as const;

/** With the focus in its cells. */
const matrixKeys = [
  ["← → ↑ ↓", "move by hours and types; Page Up and Page Down by a screen of types"],
  ["Home, End", "first and last hour; with Ctrl, also first and last type"],
  ["Shift + arrow", "select hours"],
  ["Enter", "open the hour; on a day, show its hours"],
  ["+, −, 0", "zoom in, zoom out, show all"],
  ["Esc", "clear the selection"],
] as const;

/** The list of keys, opened by its button or "?". Users of assistive technology can turn single keys off. */
export function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const singleKeys = useSingleKeys();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "?" || !singleKeys || isTyping(event)) return;
      event.preventDefault();
      if (!dialog.current?.open) dialog.current?.showModal();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [singleKeys]);
  return (
    <>
      <button
        type="button"
        className={styles.iconButton}
        data-keys=""
        onClick={() => dialog.current?.showModal()}
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
      >
        <IconKeyboard size={18} stroke={1.75} aria-hidden="true" />
      </button>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby="keys-title">
        <h2 id="keys-title">Keyboard shortcuts</h2>
        <KeyList keys={keys} />
        <h3>On the completeness matrix</h3>
        <KeyList keys={matrixKeys} />
        <label>
          <input type="checkbox" checked={singleKeys} onChange={(event) => setSingleKeys(event.target.checked)} />{" "}
          Enable single-key shortcuts in this browser
        </label>
        <form method="dialog">
          <button type="submit" className={styles.plainButton}>
            Close
          </button>
        </form>
      </dialog>
    </>
  );
}

function KeyList({ keys: listed }: { keys: readonly (readonly [key: string, what: string])[] }) {
  return (
    <dl>
      {listed.map(([key, what]) => (
        <div key={`${key} ${what}`}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
