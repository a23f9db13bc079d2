import type { BoardDatacenterJson, BoardIncidentJson } from "#domain/api/board.ts";
import { DatacenterCard } from "./datacenter-card.tsx";
import { DatacenterLine } from "./datacenter-line.tsx";
import styles from "./datacenter-strip.module.css";
import { differingVersions } from "./differing-versions.ts";

interface DatacenterStripProps {
  datacenters: readonly BoardDatacenterJson[];
  incidents: readonly BoardIncidentJson[];
  asOf: string;
  /** Ingest has received nothing for too long: none of them can be called well. */
  blind: boolean;
  /** Cards with their change over time; else a line of names. */
  asCards: boolean;
}

/** Every datacenter in one row, linked to its page. A narrow screen scrolls the row, never the page. */
export function DatacenterStrip({ datacenters, incidents, asOf, blind, asCards }: DatacenterStripProps) {
  if (datacenters.length === 0) return null;
  const versions = differingVersions(datacenters);
  return (
    <ul className={asCards ? styles.cards : styles.line} aria-label="Datacenters">
      {datacenters.map((datacenter) => {
        const own = incidents.filter(({ datacenters: names }) => names.includes(datacenter.name));
        const surroundings = { datacenter, incidents: own, asOf, blind };
        return (
          <li key={datacenter.name}>
            {asCards ? (
              <DatacenterCard {...surroundings} versions={versions.get(datacenter.name) ?? []} />
            ) : (
              <DatacenterLine {...surroundings} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
