import { formatCountOf } from "#components/ui/number-format.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import type { CompactBoardJson } from "#domain/api/board.ts";
import styles from "./incident-banner.module.css";
import { IncidentCard } from "./incident-card.tsx";

const mostCards = 3;

/** The open incidents, the most urgent first: each as its own record describes it. */
export function IncidentBanner({
  board: { incidents, datacenters, asOf },
}: {
  board: Pick<CompactBoardJson, "incidents" | "datacenters" | "asOf">;
}) {
  const others = incidents.length - mostCards;
  return (
    <>
      <ul className={styles.banner} aria-label="Open incidents">
        {incidents.slice(0, mostCards).map((incident) => (
          <li key={incident.id} data-phase={incident.phase} className={styles.card}>
            <IncidentCard incident={incident} datacenters={datacenters} asOf={asOf} />
          </li>
        ))}
      </ul>
      {others > 0 && (
        <p className={styles.others}>
          <PageLink href="/alerts">{formatCountOf(others, "more open incident")}</PageLink>
        </p>
      )}
    </>
  );
}
