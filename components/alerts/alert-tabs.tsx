"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "#components/ui/tabs.module.css";

/** Each with the path prefixes of the pages below it. */
export const alertTabs = [
  { href: "/alerts", name: "Incidents", below: ["/alerts/incidents/"] },
  { href: "/alerts/rules", name: "Rules", below: ["/alerts/rules/", "/alerts/new-rule"] },
  { href: "/alerts/silences", name: "Silences", below: [] },
  { href: "/alerts/channels", name: "Channels", below: ["/alerts/channels/", "/alerts/new-channel"] },
  { href: "/alerts/deliveries", name: "Deliveries", below: ["/alerts/deliveries/"] },
] as const;

/** The pages about alerts. */
export function AlertTabs() {
  const path = usePathname();
  return (
    <nav aria-label="Alerts">
      <ul className={styles.tabs}>
        {alertTabs.map(({ href, name, below }) => (
          <li key={href}>
            <Link href={href} prefetch={false} aria-current={currentOf(path, href, below)}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The page itself, or one below it. */
function currentOf(path: string, href: string, below: readonly string[]): "page" | "true" | undefined {
  if (path === href) return "page";
  return below.some((start) => path.startsWith(start)) ? "true" : undefined;
}
