import type { ReactNode } from "react";
import page from "./page.module.css";

interface SectionProps {
  /** Part of the page's URL, and of the section's name. */
  id: string;
  title: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}

/** A part of a page on a surface of its own, named by its heading. */
export function Section({ id, title, className, children }: SectionProps) {
  return (
    <section className={`${page.card} ${className ?? ""}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
