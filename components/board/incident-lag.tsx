import { formatDuration } from "#components/ui/duration.ts";
import { lagLabel, leastTopSeconds, placeOfInstant, recoveryOnAxis } from "#components/ui/lag-sparkline.ts";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardDatacenterJson, BoardIncidentJson } from "#domain/api/board.ts";
import styles from "./incident-banner.module.css";
import { furthestBehind } from "./incident-card-words.ts";

interface IncidentLagProps {
  incident: BoardIncidentJson;
  datacenters: readonly BoardDatacenterJson[];
  asOf: string;
}

/** The lag of the place that is furthest behind, with the onset and, while it recovers, the expected end marked. */
export function IncidentLag({ incident, datacenters, asOf }: IncidentLagProps) {
  const place = furthestBehind(datacenters, incident);
  if (!place || place.lagSeconds === null) return null;
  const ahead = recoveryOnAxis(incident.recovery, asOf);
  return (
    <figure className={styles.lag}>
      <figcaption>
        {place.name} <strong>{formatDuration(place.lagSeconds)}</strong> behind
      </figcaption>
      <Sparkline
        points={place.lags}
        label={lagLabel(place)}
        leastTop={leastTopSeconds}
        mark={placeOfInstant(incident.onset.at, { asOf, now: ahead?.now ?? 1 })}
        ahead={ahead}
        isTrouble={incident.phase !== "recovering"}
      />
      <span className={styles.axis}>
        <span aria-hidden="true">6 h ago</span>
        {ahead ? (
          <span className={styles.expected}>
            closed ~<Time at={incident.recovery?.p50At ?? asOf} relativeTo={asOf} />
          </span>
        ) : (
          <span aria-hidden="true">now</span>
        )}
      </span>
    </figure>
  );
}
