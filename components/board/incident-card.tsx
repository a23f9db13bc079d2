import { afterTitle } from "#components/alerts/incident-words.ts";
import { formatDuration } from "#components/ui/duration.ts";
import { Earlier } from "#components/ui/earlier.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { lagLabel, leastTopSeconds, placeOfInstant, recoveryOnAxis } from "#components/ui/lag-sparkline.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import { PhasePill } from "#components/ui/phase-pill.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardDatacenterJson, BoardIncidentJson } from "#domain/api/board.ts";
import { AcknowledgeHere } from "./acknowledge-here.tsx";
import styles from "./incident-banner.module.css";
import { consumerWords, furthestBehind, mutedWord, placeWords } from "./incident-card-words.ts";
import { IncidentTrend } from "./incident-trend.tsx";

interface IncidentCardProps {
  incident: BoardIncidentJson;
  datacenters: readonly BoardDatacenterJson[];
  asOf: string;
}

/** What, since when, where, why, whether it gets better, who waits and who acts: everything from the incident's situation. */
export function IncidentCard({ incident, datacenters, asOf }: IncidentCardProps) {
  const { id, severity, phase, recovery, sentence, title, onset, cause, muted } = incident;
  return (
    <>
      <div className={styles.head}>
        <span className={styles.marks}>
          <SeverityWord severity={severity} />
          <PhasePill phase={phase} recoversAt={recovery?.p50At ?? null} asOf={asOf} />
          {muted && <span className={styles.muted}>{mutedWord(muted.reason)}</span>}
        </span>
        <AcknowledgeHere incident={incident} asOf={asOf} />
      </div>
      <p className={styles.sentence}>
        <PageLink href={`/alerts/incidents/${id}`}>{title}</PageLink>
        {afterTitle(sentence, title)}
      </p>
      <div className={styles.evidence}>
        <dl className={styles.facts}>
          <Fact name="Since">
            <Time at={onset.at} relativeTo={asOf} />
            <Earlier onset={onset} />
          </Fact>
          <Fact name="Where">{placeWords(incident)}</Fact>
          <Fact name="Trend">
            <IncidentTrend incident={incident} asOf={asOf} />
          </Fact>
          <Fact name="Affected consumers">{consumerWords(incident)}</Fact>
          <Fact name="Deployed around then">
            <Deployed deployed={incident.deployed} asOf={asOf} />
          </Fact>
          <Fact name="Likely cause" isWide>
            {cause.sentence}
          </Fact>
        </dl>
        <IncidentLag incident={incident} datacenters={datacenters} asOf={asOf} />
      </div>
    </>
  );
}

/** In one clause, whether or not it is the cause. */
function Deployed({ deployed: [first, ...others], asOf }: { deployed: BoardIncidentJson["deployed"]; asOf: string }) {
  if (!first) return "nothing there";
  const { component, version, datacenter, deployedAt } = first;
  return (
    <>
      {component} {version} at {datacenter ?? "every datacenter"}, <Time at={deployedAt} relativeTo={asOf} />
      {others.length > 0 && `, and ${others.length} more`}
    </>
  );
}

interface IncidentLagProps {
  incident: BoardIncidentJson;
  datacenters: readonly BoardDatacenterJson[];
  asOf: string;
}

/** The lag of the place that is furthest behind, with the onset and, while it recovers, the expected end marked. */
function IncidentLag({ incident, datacenters, asOf }: IncidentLagProps) {
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
