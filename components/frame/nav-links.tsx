"use client";

import {
  IconActivity,
  IconAlertTriangle,
  IconBook2,
  IconCalendarStats,
  IconLayoutGrid,
  IconLayoutList,
  IconMailX,
  IconRipple,
  IconRocket,
  IconServer2,
} from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./frame.module.css";

/** Where the product can be gone to, in the order of need. */
export const places = [
  { href: "/", name: "Board", icon: IconRipple },
  { href: "/completeness", name: "Completeness", icon: IconLayoutGrid },
  { href: "/alerts", name: "Alerts", icon: IconAlertTriangle },
  { href: "/slo", name: "SLA", icon: IconCalendarStats },
  { href: "/event-types", name: "Catalogue", icon: IconLayoutList },
  { href: "/datacenters", name: "Datacenters", icon: IconServer2 },
  { href: "/deployments", name: "Deploys", icon: IconRocket },
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
