import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { filterSearch, type IncidentFilters, readFilters, spanOf } from "#components/alerts/incident-filters.ts";
import { IncidentList } from "#components/alerts/incident-list.tsx";
import { IncidentSearch } from "#components/alerts/incident-search.tsx";
import { idIn, isFiltered } from "#components/ui/page-search.ts";
import { severities } from "#domain/alert-rule.ts";
import { incidentStates } from "#domain/incident.ts";
import { listIncidents } from "#server/incidents/index.ts";
import { listAlertsNow } from "#server/notifications/index.ts";

export const metadata: Metadata = { title: "Alerts" };

const resolvedAtOnce = 50;
const resolvedOnes = { states: ["resolved" as const] };

export default async function AlertsPage({ searchParams }: SearchedPage) {
  const search = await searchParams;
  const filters = readFilters(search);
  const isSearch = isFiltered(filters);
  // The last id of the previous page; anything else gives the first page.
  const last = idIn(search, "before");
  const ctx = await pageContext();
  const [status, open, past, alerts] = await Promise.all([
    readStatusNow(),
    listIncidents({ ctx, input: { before: null, limit: 100, states: ["open", "acknowledged"] } }),
    listIncidents({
      ctx,
      input: { before: last, limit: resolvedAtOnce, ...(isSearch ? inputOf(filters) : resolvedOnes) },
    }),
    listAlertsNow({ ctx, input: { after: null, limit: 200 } }),
  ]);
  const olderHref = past.next === null ? null : `/alerts?${filterSearch(filters, { before: String(past.next) })}`;
  const found = { items: isSearch ? past.items : [], nextCursor: null };
  return (
    <IncidentList
      search={
        <IncidentSearch
          filters={filters}
          found={isSearch ? found.items : null}
          olderHref={isSearch ? olderHref : null}
        />
      }
      asOf={status.now}
      open={{ items: open.items, nextCursor: null }}
      // What a search found is listed with it.
      resolved={{ items: isSearch ? [] : past.items, nextCursor: null }}
      resolvedSearch={last === null && !isSearch ? `state=resolved&limit=${resolvedAtOnce}` : null}
      olderHref={isSearch ? null : olderHref}
      alerts={{ items: alerts.items, nextCursor: null }}
    />
  );
}

function inputOf({ q, datacenter, eventType, severity, state, ...days }: IncidentFilters) {
  return {
    text: q || undefined,
    datacenter: datacenter || undefined,
    eventType: eventType || undefined,
    severity: severities.find((each) => each === severity),
    states: state === "" ? undefined : incidentStates.filter((each) => each === state),
    ...spanOf(days),
  };
}
