import Link from "next/link";
import type { ReactNode } from "react";
import { afterTitle } from "#components/alerts/incident-words.ts";
import { Earlier } from "#components/ui/earlier.tsx";
import { PhasePill } from "#components/ui/phase-pill.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardDatacenterJson, BoardIncidentJson } from "#domain/api/board.ts";
import { AcknowledgeHere } from "./acknowledge-here.tsx";
import styles from "./incident-banner.module.css";
import { consumerWords, mutedWord, placeWords } from "./incident-card-words.ts";
import { IncidentLag } from "./incident-lag.tsx";
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
        <Link href={`/alerts/incidents/${id}`} prefetch={false}>
          {title}
        </Link>
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

function Fact({ name, isWide, children }: { name: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div data-wide={isWide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
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
