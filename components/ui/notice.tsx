import type { ReactNode } from "react";
import page from "./page.module.css";

/** A page, or part of one, with nothing to list: the reason, and the next thing to do. */
export function Notice({ title, level = 1, children }: { title: string; level?: 1 | 2; children: ReactNode }) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className={page.notice}>
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}
