"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { openSearch } from "#components/alerts/open-search.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { LagChart } from "#components/series/lag-chart.tsx";
import { seriesOfLags } from "#components/series/lag-series.ts";
import { useLagRange } from "#components/series/use-lag-range.ts";

/** How far a type was behind at each datacenter, with the open incidents that affect hours of it. */
export function TypeLag({ eventType }: { eventType: string }) {
  const { query: range } = useLagRange();
  const query = useQuery({ ...queries.typeLag(eventType, range), placeholderData: keepPreviousData });
  const search = new URLSearchParams(openSearch);
  search.set("eventType", eventType);
  const incidents = useQuery(queries.incidents(search.toString()));
  return (
    <LagChart
      series={query.data && seriesOfLags(query.data)}
      asOf={query.data?.asOf}
      failure={failureOf(query)}
      hint="By datacenter, each minute."
      incidents={(incidents.data?.items ?? []).map(({ id, situation }) => ({ id, ...situation }))}
    />
  );
}
