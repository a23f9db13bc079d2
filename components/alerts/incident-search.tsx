"use client";

import { Button, TextInput } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { withBase } from "#components/api/base-path.ts";
import { DayField } from "#components/forms/day-field.tsx";
import { DatacenterField, EventTypeField } from "#components/forms/name-fields.tsx";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import { severities } from "#domain/alert-rule.ts";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import { incidentStates } from "#domain/incident.ts";
import styles from "./alerts.module.css";
import { type IncidentFilters, isFiltered } from "./incident-filters.ts";
import { incidentSentence } from "./incident-words.ts";

interface IncidentSearchProps {
  filters: IncidentFilters;
  /** null: nothing is searched for. */
  found: readonly IncidentSummaryJson[] | null;
  /** The URL of the next, older page; null: these are the oldest. */
  olderHref: string | null;
}

const anyOf = (name: string, values: readonly string[]) => [
  { value: "", label: `any ${name}` },
  ...values.map((value) => ({ value, label: value })),
];

/** Searches all incidents, open and past. What is searched for is in the URL. */
export function IncidentSearch({ filters, found, olderHref }: IncidentSearchProps) {
  const [from, setFrom] = useState(filters.from);
  const [to, setTo] = useState(filters.to);
  return (
    <Section id="search" title="Search incidents">
      <search>
        {/* Made anew by what the URL asks for. */}
        <form action={withBase("/alerts")} className={styles.search} key={JSON.stringify(filters)}>
          <TextInput
            type="search"
            name="q"
            label="Words"
            placeholder="Title, cause, note"
            maxLength={200}
            defaultValue={filters.q}
          />
          <DatacenterField name="datacenter" defaultValue={filters.datacenter} />
          <EventTypeField name="eventType" defaultValue={filters.eventType} />
          <Choice
            name="severity"
            label="Severity"
            data={anyOf("severity", severities)}
            defaultValue={filters.severity}
          />
          <Choice name="state" label="State" data={anyOf("state", incidentStates)} defaultValue={filters.state} />
          <DayField name="from" label="Opened from (UTC)" required={false} value={from} onChange={setFrom} />
          <DayField name="to" label="Opened to (UTC)" required={false} value={to} onChange={setTo} />
          <div className={page.row}>
            <Button type="submit">Search</Button>
            {isFiltered(filters) && <Link href="/alerts">Clear</Link>}
          </div>
        </form>
      </search>
      {found && (
        <>
          {found.length === 0 ? (
            <p>No incident matches.</p>
          ) : (
            <ul className={styles.past} aria-label="Incidents found">
              {found.map((incident) => (
                <li key={incident.id}>
                  <Time at={incident.openedAt} />
                  <span>
                    <SeverityWord severity={incident.severity} />{" "}
                    <Link href={`/alerts/incidents/${incident.id}`} prefetch={false}>
                      {incident.title}
                    </Link>{" "}
                    <span className={page.quiet}>{incident.state}</span>
                  </span>
                  <span className={page.quiet}>{incidentSentence(incident)}</span>
                </li>
              ))}
            </ul>
          )}
          {olderHref && <Link href={olderHref}>Older incidents</Link>}
        </>
      )}
    </Section>
  );
}
