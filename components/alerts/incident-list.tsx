"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { Notice } from "#components/ui/notice.tsx";
import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { Section } from "#components/ui/section.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { IncidentSummaryJson, ListedAlertJson } from "#domain/api/alerts.ts";
import { AlertTable } from "./alert-table.tsx";
import styles from "./alerts.module.css";
import { afterTitle, incidentSentence } from "./incident-words.ts";
import { alertSearch, openSearch } from "./open-search.ts";

interface IncidentListProps {
  asOf: string;
  open: ListJson<IncidentSummaryJson>;
  resolved: ListJson<IncidentSummaryJson>;
  /** The query that refreshes the newest resolved ones; null: an older page, which no longer changes. */
  resolvedSearch: string | null;
  /** The URL of the next, older page of resolved ones; null: these are the oldest. */
  olderHref: string | null;
  alerts: ListJson<ListedAlertJson>;
  /** The form that searches all incidents, and what it found. */
  search: ReactNode;
}

/** Open incidents, one per cause; resolved ones; and every alert that is not normal. */
export function IncidentList({ asOf, open, resolved, resolvedSearch, olderHref, alerts, search }: IncidentListProps) {
  const status = useQuery({ ...queries.status(), enabled: false });
  const now = status.data?.now ?? asOf;
  const current = useQuery({ ...queries.incidents(openSearch), initialData: open });
  const past = useQuery({
    ...queries.incidents(resolvedSearch ?? `older than ${resolved.items[0]?.id}`),
    initialData: resolved,
    enabled: resolvedSearch !== null,
  });
  const active = useQuery({ ...queries.alerts(alertSearch), initialData: alerts });
  return (
    <div className={page.page}>
      <PageHeading query={current}>Alerts</PageHeading>
      {current.data.items.length === 0 ? (
        <Notice title="No open incidents" level={2}>
          <p>
            Alerts of one cause become one incident, listed here with its affected hours.
            {past.data.items.length > 0 && " Resolved incidents are below."}
          </p>
        </Notice>
      ) : (
        <ul className={styles.incidents} aria-label="Open incidents">
          {current.data.items.map((incident) => (
            <IncidentCard key={incident.id} incident={incident} asOf={now} />
          ))}
        </ul>
      )}
      <Section id="active-alerts" title="Active alerts">
        <AlertTable alerts={active.data.items} asOf={now} />
        <p className={styles.silence} id="silence">
          <Link href="/alerts/silences">Silence alerts</Link>
        </p>
      </Section>
      {search}
      {past.data.items.length > 0 && (
        <Section id="resolved" title="Resolved">
          <ul className={styles.past}>
            {past.data.items.map((incident) => (
              <li key={incident.id}>
                <Time at={incident.openedAt} />
                <span className={page.quiet}>
                  <PageLink href={`/alerts/incidents/${incident.id}`}>{incident.title}</PageLink>
                  {afterTitle(incidentSentence(incident), incident.title)}
                </span>
              </li>
            ))}
          </ul>
          {olderHref && <Link href={olderHref}>Older incidents</Link>}
        </Section>
      )}
    </div>
  );
}

function IncidentCard({ incident, asOf }: { incident: IncidentSummaryJson; asOf: string }) {
  return (
    <li className={styles.card} data-severity={incident.severity} data-state={incident.state}>
      <h2>
        <SeverityWord severity={incident.severity} />{" "}
        <Link href={`/alerts/incidents/${incident.id}`}>{incident.title}</Link>
      </h2>
      <p>{incidentSentence(incident)}</p>
      <p className={page.quiet}>
        {incident.situation.cause.sentence} {formatCountOf(incident.firingAlerts, "alert")} firing, opened{" "}
        <Time at={incident.openedAt} relativeTo={asOf} />.
      </p>
    </li>
  );
}
