"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failureOf, queries } from "#components/api/queries.ts";
import { CauseList } from "#components/explain/cause-list.tsx";
import { AsOf } from "#components/ui/as-of.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { hourNameOf } from "#components/ui/tide-strip-model.ts";
import { Time } from "#components/ui/time.tsx";
import type { IncidentJson } from "#domain/api/alerts.ts";
import { AlertTable } from "./alert-table.tsx";
import styles from "./alerts.module.css";
import { IncidentActs } from "./incident-acts.tsx";
import { IncidentHours } from "./incident-hours.tsx";
import { incidentSentence, recoveryText, responseTimes } from "./incident-words.ts";
import { SeverityWord } from "./severity-word.tsx";

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
        Since <Time at={incident.since} relativeTo={now} />. {incidentSentence(incident, now)}
      </p>
      <section className={page.card} aria-labelledby="cause">
        <h2 id="cause">Likely cause</h2>
        <CauseList causes={[incident.cause]} asOf={now} />
      </section>
      <section className={page.card} aria-labelledby="hurt">
        <h2 id="hurt">Affected hours</h2>
        {incident.hurtHours > 0 && (
          <p>
            <progress max={incident.hurtHours} value={incident.recoveredHours} aria-label="Recovered" />{" "}
            {recoveryText(incident)}
            {incident.hours.length < incident.hurtHours &&
              ` The first ${formatCount(incident.hours.length)} are shown.`}
          </p>
        )}
        <IncidentHours hours={incident.hours} currentHour={hourNameOf(now)} />
      </section>
      <section className={page.card} aria-labelledby="told">
        <h2 id="told">Notifications</h2>
        <Told incident={incident} asOf={now} />
      </section>
      <IncidentActs incident={incident} />
      <section className={page.card} aria-labelledby="timeline">
        <h2 id="timeline">Timeline</h2>
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
      </section>
      <section className={page.card} aria-labelledby="alerts">
        <h2 id="alerts">{formatCountOf(incident.alertCount, "alert")}</h2>
        <AlertTable alerts={incident.alerts} asOf={now} />
      </section>
      <p>
        <Link href="/alerts">All incidents</Link>
      </p>
    </article>
  );
}

function Told({ incident, asOf }: { incident: IncidentJson; asOf: string }) {
  if (incident.deliveries.length === 0)
    return (
      <p>
        None: no route leads its alerts to a channel. <Link href="/alerts/channels">Set up a channel</Link>. See{" "}
        <Link href="/docs/alerting-routing">Routing</Link>.
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
