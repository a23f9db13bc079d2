"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { incidentSentence } from "#components/alerts/incident-words.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { IncidentSilences } from "#components/silences/incident-silences.tsx";
import { AsOf } from "#components/ui/as-of.tsx";
import page from "#components/ui/page.module.css";
import { PhasePill } from "#components/ui/phase-pill.tsx";
import { Section } from "#components/ui/section.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import type { IncidentJson } from "#domain/api/alerts.ts";
import { AffectedConsumers } from "./affected-consumers.tsx";
import { Deployed } from "./deployed.tsx";
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
        <div className={page.heading}>
          <h1>
            <SeverityWord severity={incident.severity} /> {incident.title}{" "}
            <PhasePill phase={situation.phase} recoversAt={situation.recovery?.p50At ?? null} asOf={now} />
          </h1>
          <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
        </div>
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
