"use client";

import { Button, TextInput } from "@mantine/core";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { withBase } from "#components/api/base-path.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { isFiltered } from "#components/ui/page-search.ts";
import { Section } from "#components/ui/section.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import styles from "./alerts.module.css";
import type { IncidentFilters } from "./incident-filters.ts";
import { incidentSentence } from "./incident-words.ts";

interface IncidentSearchProps {
  filters: IncidentFilters;
  /** null: nothing is searched for. */
  found: readonly IncidentSummaryJson[] | null;
  /** The URL of the next, older page; null: these are the oldest. */
  olderHref: string | null;
}

// Calendars and lists of names, for those who look for more than words.
const SearchFields = dynamic(() => import("./search-fields.tsx").then((fields) => fields.SearchFields));

/** Searches all incidents, open and past. What is searched for is in the URL. */
export function IncidentSearch({ filters, found, olderHref }: IncidentSearchProps) {
  return (
    <Section id="search" title="Search incidents">
      <search>
        {/* Made anew by what the URL asks for. */}
        <SearchForm key={JSON.stringify(filters)} filters={filters} />
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
                    <PageLink href={`/alerts/incidents/${incident.id}`}>{incident.title}</PageLink>{" "}
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

function SearchForm({ filters }: Pick<IncidentSearchProps, "filters">) {
  const [hasMore, setMore] = useState(isFiltered({ ...filters, q: "" }));
  return (
    <form action={withBase("/alerts")} className={styles.search}>
      <TextInput
        type="search"
        name="q"
        label="Words"
        placeholder="Title, cause, note"
        maxLength={200}
        defaultValue={filters.q}
      />
      {hasMore && <SearchFields filters={filters} />}
      <div className={page.row}>
        <Button type="submit">Search</Button>
        <Button aria-expanded={hasMore} onClick={() => setMore(!hasMore)}>
          {hasMore ? "Words only" : "More filters"}
        </Button>
        {isFiltered(filters) && <Link href="/alerts">Clear</Link>}
      </div>
    </form>
  );
}
