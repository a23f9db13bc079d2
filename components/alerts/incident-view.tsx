"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failureOf, queries } from "#components/api/queries.ts";
import { CauseList } from "#components/explain/cause-list.tsx";
import { IncidentSilences } from "#components/silences/incident-silences.tsx";
import { AsOf } from "#components/ui/as-of.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { hourNameOf } from "#components/ui/tide-strip-model.ts";
import { Time } from "#components/ui/time.tsx";
import type { IncidentJson } from "#domain/api/alerts.ts";
import { AlertTable } from "./alert-table.tsx";
import styles from "./alerts.module.css";
import { IncidentActs } from "./incident-acts.tsx";
import { IncidentHours } from "./incident-hours.tsx";
import { effectText, incidentSentence, noNotificationText, responseTimes, usableHours } from "./incident-words.ts";

/**
 * One incident: what, since when, why, what is affected, its recovery, its notifications, what to do and what was done.
 */
export function IncidentView({ initial, asOf }: { initial: IncidentJson; asOf: string }) {
  const query = useQuery({ ...queries.incident(initial.id), initialData: initial });
  const status = useQuery({ ...queries.status(), enabled: false });
  const incident = query.data;
  const now = status.data?.now ?? asOf;
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>
          <SeverityWord severity={incident.severity} /> {incident.title}
        </h1>
        <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
      </div>
      <p className={styles.sentence} data-state={incident.state}>
        {incidentSentence(incident)}
      </p>
      <Section id="cause" title="Likely cause">
        <CauseList causes={[incident.cause]} asOf={now} />
      </Section>
      <Section id="affected" title="Affected hours">
        {incident.affectedHours > 0 && (
          <p>
            <progress
              max={incident.affectedHours}
              value={usableHours(incident)}
              aria-label="Hours that are complete or accepted"
            />{" "}
            {effectText(incident)}
            {incident.hours.length < incident.affectedHours &&
              ` The first ${formatCount(incident.hours.length)} are shown.`}
          </p>
        )}
        <IncidentHours hours={incident.hours} currentHour={hourNameOf(now)} />
      </Section>
      <Section id="notifications" title="Notifications">
        <Deliveries incident={incident} asOf={now} />
      </Section>
      <IncidentSilences incidentId={incident.id} asOf={now} />
      <IncidentActs incident={incident} />
      <Section id="timeline" title="Timeline">
        <dl className={page.facts}>
          {responseTimes(incident).map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <ol className={styles.timeline}>
          {incident.timeline.map(({ id, at, actor, message }) => (
            <li key={id}>
              <Time at={at} relativeTo={now} />
              <span>{message}</span>
              <span className={page.quiet}>{actor}</span>
            </li>
          ))}
        </ol>
      </Section>
      <Section id="alerts" title={formatCountOf(incident.alertCount, "alert")}>
        <AlertTable alerts={incident.alerts} asOf={now} />
      </Section>
      <p>
        <Link href="/alerts">All incidents</Link>
      </p>
    </article>
  );
}

function Deliveries({ incident, asOf }: { incident: IncidentJson; asOf: string }) {
  if (incident.deliveries.length === 0)
    return (
      <p>
        {noNotificationText(incident, asOf)}
        {incident.situation.muted?.reason === "no-channel" && (
          <>
            {" "}
            <Link href="/alerts/channels">Set up a channel</Link>
          </>
        )}{" "}
        See <Link href="/docs/alerting-routing">Routing</Link>.
      </p>
    );
  return (
    <ul className={styles.timeline}>
      {incident.deliveries.map(({ id, channel, kind, state, createdAt, sentAt, attempts }) => (
        <li key={id}>
          <Time at={sentAt ?? createdAt} relativeTo={asOf} />
          <Link href={`/alerts/deliveries/${id}`} prefetch={false}>
            {channel}: {kind}
          </Link>
          <span className={page.quiet}>
            {state}
            {attempts > 1 && `, after ${formatCountOf(attempts, "attempt")}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
