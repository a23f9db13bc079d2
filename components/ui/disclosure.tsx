import type { ReactNode } from "react";
import styles from "./disclosure.module.css";

interface DisclosureProps {
  /** What it holds: pressed to open and close it. */
  summary: ReactNode;
  /** Open at first. */
  open?: boolean;
  /** For content that is rendered only while it is open. */
  onToggle?: (isOpen: boolean) => void;
  children: ReactNode;
}

/**
 * What is read on demand, below a line that opens it. It is the browser's own element: it opens before scripts have loaded and
 * without them, where Mantine's Collapse and Accordion stay shut; keys, the expanded state and finding text in it come with it.
 */
export function Disclosure({ summary, open = false, onToggle, children }: DisclosureProps) {
  return (
    <details
      className={styles.disclosure}
      open={open}
      {...(onToggle && {
        onToggle: ({ currentTarget }: { currentTarget: HTMLDetailsElement }) => onToggle(currentTarget.open),
      })}
    >
      <summary>{summary}</summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
