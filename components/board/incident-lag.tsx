import { formatDuration } from "#components/ui/duration.ts";
import { lagLabel, leastTopSeconds, placeOfInstant } from "#components/ui/lag-sparkline.ts";
import { Sparkline } from "#components/ui/sparkline.tsx";
import type { BoardDatacenterJson, BoardIncidentJson } from "#domain/api/board.ts";
import styles from "./incident-banner.module.css";
import { furthestBehind } from "./incident-card-words.ts";

interface IncidentLagProps {
  incident: BoardIncidentJson;
  datacenters: readonly BoardDatacenterJson[];
  asOf: string;
}

/** The lag of the place that is furthest behind, with the onset marked. */
export function IncidentLag({ incident, datacenters, asOf }: IncidentLagProps) {
  const place = furthestBehind(datacenters, incident);
  if (!place || place.lagSeconds === null) return null;
  return (
    <figure className={styles.lag}>
      <figcaption>
        {place.name} <strong>{formatDuration(place.lagSeconds)}</strong> behind
      </figcaption>
      <Sparkline
        points={place.lags}
        label={lagLabel(place)}
        leastTop={leastTopSeconds}
        mark={placeOfInstant(incident.onset.at, asOf)}
        isTrouble={incident.phase !== "recovering"}
      />
      <span className={styles.axis} aria-hidden="true">
        <span>6 h ago</span>
        <span>now</span>
      </span>
    </figure>
  );
}
