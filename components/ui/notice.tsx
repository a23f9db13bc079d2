import type { ReactNode } from "react";
import styles from "./ui.module.css";

/** A page, or part of one, with nothing to list: the reason, and the next thing to do. */
export function Notice({ title, level = 1, children }: { title: string; level?: 1 | 2; children: ReactNode }) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className={styles.notice}>
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}
