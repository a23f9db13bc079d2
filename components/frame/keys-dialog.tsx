"use client";

import { IconKeyboard } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { isTyping, setSingleKeys, useSingleKeys } from "#components/ui/single-keys.ts";
import styles from "./frame.module.css";

const keys = [
  ["j, k", "next and previous type on the board"],
  ["← →", "through the hours of the type you are on"],
  ["Enter", "open it beside the board; once more, its page"],
  ["⌘K, Ctrl K", "go to a type, an hour, a datacenter, an incident, a page"],
  ["e", "acknowledge the incident that is open"],
  ["s", "silence the incident that is open"],
  ["/", "write into the board’s filter"],
  ["Esc", "leave the filter or the side sheet, or an hour for its type"],
  ["?", "this list"],
] as const;

/** With the focus in its cells. */
const matrixKeys = [
  ["← → ↑ ↓", "through hours and types; Page Up and Page Down a screen of types"],
  ["Home, End", "the first and the last hour; with Ctrl the first and the last type too"],
  ["Shift + arrow", "mark the hours on the way"],
  ["Enter", "open the hour; on a day, its hours"],
  ["+, −, 0", "closer, further away, everything"],
  ["Esc", "forget what is marked"],
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
        aria-label="Keys"
        title="Keys (?)"
      >
        <IconKeyboard size={18} stroke={1.75} aria-hidden="true" />
      </button>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <KeyList keys={keys} />
        <h3>On the completeness matrix</h3>
        <KeyList keys={matrixKeys} />
        <label>
          <input type="checkbox" checked={singleKeys} onChange={(event) => setSingleKeys(event.target.checked)} />{" "}
          Single keys work in this browser
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
