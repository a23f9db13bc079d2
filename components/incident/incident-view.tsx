"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { incidentSentence } from "#components/alerts/incident-words.ts";
import { queries } from "#components/api/queries.ts";
import { IncidentSilences } from "#components/silences/silence-rows.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { PhasePill } from "#components/ui/phase-pill.tsx";
import { Section } from "#components/ui/section.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { IncidentJson } from "#domain/api/alerts.ts";
import type { SituationJson } from "#domain/api/situation.ts";
import { AffectedConsumers } from "./affected-consumers.tsx";
import { FoldedAlerts } from "./folded-alerts.tsx";
import styles from "./incident.module.css";
import { IncidentActs } from "./incident-acts.tsx";
import { IncidentChart } from "./incident-chart.tsx";
import { IncidentDeliveries } from "./incident-deliveries.tsx";
import { IncidentHours } from "./incident-hours.tsx";
import { IncidentLinks } from "./incident-links.tsx";
import { IncidentTimeline } from "./incident-timeline.tsx";
import { LikelyCause } from "./likely-cause.tsx";

/** One incident as a tool: what, since when, why, what is affected, how it recovers, who knows, and what to do. */
export function IncidentView({ initial, asOf }: { initial: IncidentJson; asOf: string }) {
  const query = useQuery({ ...queries.incident(initial.id), initialData: initial });
  const status = useQuery({ ...queries.status(), enabled: false });
  const incident = query.data;
  const { situation } = incident;
  const now = status.data?.now ?? asOf;
  return (
    <article className={styles.incident}>
      <header className={styles.lead}>
        <PageHeading query={query}>
          <SeverityWord severity={incident.severity} /> {incident.title}{" "}
          <PhasePill phase={situation.phase} recoversAt={situation.recovery?.p50At ?? null} asOf={now} />
        </PageHeading>
        <p className={styles.sentence} data-state={incident.state}>
          {incidentSentence(incident)}
        </p>
      </header>
      <aside className={styles.side} aria-label="Response and cause">
        <IncidentActs incident={incident} asOf={now} />
        <IncidentSilences incidentId={incident.id} asOf={now} />
        <LikelyCause situation={situation} asOf={now} />
        <AffectedConsumers situation={situation} />
        <Deployed situation={situation} asOf={now} />
        <IncidentLinks incident={incident} />
      </aside>
      <div className={styles.story}>
        <IncidentChart incident={incident} asOf={now} className={styles.chart} />
        <IncidentHours incident={incident} />
        <FoldedAlerts incident={incident} asOf={now} />
        <Section id="notifications" title="Notifications">
          <IncidentDeliveries incident={incident} asOf={now} />
        </Section>
        <IncidentTimeline incident={incident} asOf={now} />
        <p>
          <Link href="/alerts">All incidents</Link>
        </p>
      </div>
    </article>
  );
}

/** What was deployed at its place around the onset. Only the likely cause says that one of them has to do with it. */
function Deployed({ situation, asOf }: { situation: SituationJson; asOf: string }) {
  const { deployed, cause, onset } = situation;
  return (
    <Section id="deployed" title="Deployed around the onset">
      {deployed.length === 0 ? (
        <p className={page.quiet}>
          Nothing was deployed there around <Time at={onset.at} relativeTo={asOf} />.{" "}
          <PageLink href="/deployments">All deployments</PageLink>
        </p>
      ) : (
        <ul className={styles.rows}>
          {deployed.map(({ id, component, version, datacenter, deployedAt, deployedBy }) => (
            <li key={id}>
              <span>
                <Time at={deployedAt} relativeTo={asOf} />{" "}
                <strong>
                  {component} {version}
                </strong>
              </span>
              <span className={page.quiet}>
                {[
                  datacenter ?? "everywhere",
                  deployedBy && `by ${deployedBy}`,
                  id === cause.deploymentId && "likely cause",
                ]
                  .filter(Boolean)
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
