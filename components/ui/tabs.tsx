import type { ReactNode } from "react";
import { PageLink } from "./page-link.tsx";
import styles from "./tabs.module.css";

interface TabsProps {
  /** Its name for screen readers. */
  label: string;
  tabs: readonly { href: string; name: ReactNode }[];
  /** The address of the current one. */
  current: string;
  /** They show another part of the same page, which keeps its place. */
  within?: boolean;
}

/** Related pages, or views of one: links, so that each has an address; the current one is marked. */
export function Tabs({ label, tabs, current, within = false }: TabsProps) {
  return (
    <nav aria-label={label}>
      <ul className={styles.tabs}>
        {tabs.map(({ href, name }) => (
          <li key={href}>
            <PageLink
              href={href}
              scroll={!within}
              aria-current={href === current ? (within ? "true" : "page") : undefined}
            >
              {name}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
