import { afterTitle } from "#components/alerts/incident-words.ts";
import { IncidentTrend } from "#components/board/incident-trend.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { PhasePill } from "#components/ui/phase-pill.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import type { BoardIncidentJson } from "#domain/api/board.ts";
import styles from "./datacenters.module.css";

/** The open incidents that touch a datacenter, as their situations describe them. */
export function DatacenterIncidents({ incidents, asOf }: { incidents: readonly BoardIncidentJson[]; asOf: string }) {
  if (incidents.length === 0) return null;
  return (
    <ul className={styles.incidents} aria-label="Open incidents">
      {incidents.map((incident) => {
        const { id, severity, phase, recovery, title, sentence } = incident;
        return (
          <li key={id} data-phase={phase}>
            <span className={styles.marks}>
              <SeverityWord severity={severity} />
              <PhasePill phase={phase} recoversAt={recovery?.p50At ?? null} asOf={asOf} />
              <span>
                <IncidentTrend incident={incident} asOf={asOf} />
              </span>
            </span>
            <p>
              <PageLink href={`/alerts/incidents/${id}`}>{title}</PageLink>
              {afterTitle(sentence, title)}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
