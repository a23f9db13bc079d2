"use client";

import { IconActivity, IconBook2, IconCalendarStats, IconLayoutList, IconMailX, IconRipple } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./frame.module.css";

const places = [
  { href: "/", name: "Board", icon: IconRipple },
  { href: "/slo", name: "SLA", icon: IconCalendarStats },
  { href: "/event-types", name: "Catalogue", icon: IconLayoutList },
  { href: "/rejected-messages", name: "Rejected", icon: IconMailX },
  { href: "/status", name: "Status", icon: IconActivity },
  { href: "/docs", name: "Docs", icon: IconBook2 },
] as const;

export function NavLinks() {
  const path = usePathname();
  return (
    <nav className={styles.nav} aria-label="Main">
      <ul>
        {places.map(({ href, name, icon: Icon }) => (
          <li key={href}>
            <Link href={href} aria-current={isCurrent(path, href) ? "page" : undefined}>
              <Icon size={18} stroke={1.75} aria-hidden="true" />
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isCurrent(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
