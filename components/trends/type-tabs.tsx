import Link from "next/link";
import styles from "#components/ui/tabs.module.css";

const tabs = [
  { path: "", name: "Hours" },
  { path: "/trends", name: "Trends" },
  { path: "/settings", name: "Settings" },
] as const;

/** The pages of one type. */
export function TypeTabs({ eventType, current }: { eventType: string; current: (typeof tabs)[number]["name"] }) {
  return (
    <nav aria-label={eventType}>
      <ul className={styles.tabs}>
        {tabs.map(({ path, name }) => (
          <li key={name}>
            <Link
              href={`/event-types/${encodeURIComponent(eventType)}${path}`}
              prefetch={false}
              aria-current={name === current ? "page" : undefined}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
