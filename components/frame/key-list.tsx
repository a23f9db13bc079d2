"use client";

import { Checkbox, Modal } from "@mantine/core";
import "#components/ui/modal.css";
import { setSingleKeys, useSingleKeys } from "#components/ui/single-keys.ts";
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

/** The list of keys. Users of assistive technology can turn single keys off. */
export function KeyList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const singleKeys = useSingleKeys();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Keyboard shortcuts"
      closeButtonProps={{ "aria-label": "Close" }}
      // Else its header is a second banner of the page.
      attributes={{ header: { role: "presentation" } }}
    >
      <Keys listed={keys} />
      <h3>On the completeness matrix</h3>
      <Keys listed={matrixKeys} />
      <Checkbox
        label="Enable single-key shortcuts in this browser"
        checked={singleKeys}
        onChange={({ target }) => setSingleKeys(target.checked)}
      />
    </Modal>
  );
}

function Keys({ listed }: { listed: readonly (readonly [key: string, what: string])[] }) {
  return (
    <dl className={styles.keyList}>
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
