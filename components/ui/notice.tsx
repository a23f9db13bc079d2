import type { ReactNode } from "react";
import styles from "./ui.module.css";

/** A page, or a part of it, that has nothing to list: what is so, and the one thing to do next. */
export function Notice({ title, level = 1, children }: { title: string; level?: 1 | 2; children: ReactNode }) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className={styles.notice}>
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}
