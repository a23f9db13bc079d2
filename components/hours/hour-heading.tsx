import type { ReactNode } from "react";
import { HourName } from "#components/ui/hour-name.tsx";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import styles from "./hour-view.module.css";

interface HourHeadingProps {
  eventType: string;
  hour: string;
  /** How old the data is. */
  children?: ReactNode;
}

/** The hour's type and name, and links to its neighbours. */
export function HourHeading({ eventType, hour, children }: HourHeadingProps) {
  const path = `/event-types/${encodeURIComponent(eventType)}`;
  const start = parseHour(hour);
  const neighbour = (count: number) => (start ? `${path}/hours/${formatHour(addHours(start, count))}` : path);
  return (
    <div className={page.heading}>
      <h1 className={styles.title}>
        <PageLink href={path}>{eventType}</PageLink> <HourName hour={hour} />
      </h1>
      {children}
      <nav className={styles.neighbours} aria-label="Neighbouring hours">
        <PageLink href={neighbour(-1)} rel="prev">
          ← previous hour
        </PageLink>
        <PageLink href={neighbour(1)} rel="next">
          next hour →
        </PageLink>
      </nav>
    </div>
  );
}
