"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import { LagChart } from "#components/series/lag-chart.tsx";
import { seriesOfDatacenter } from "#components/series/lag-series.ts";
import { useLagRange } from "#components/series/use-lag-range.ts";
import type { BoardIncidentJson } from "#domain/api/board.ts";

interface LagHistoryProps {
  name: string;
  /** Open ones that touch it. */
  incidents: readonly BoardIncidentJson[];
}

/** How far a datacenter was behind. */
export function LagHistory({ name, incidents }: LagHistoryProps) {
  const { query: range } = useLagRange();
  const query = useQuery({ ...queries.lagHistory(name, range), placeholderData: keepPreviousData });
  return (
    <LagChart
      series={query.data && seriesOfDatacenter(query.data)}
      asOf={query.data?.asOf}
      failure={failureOf(query)}
      hint="Of the event type furthest behind, each minute."
      incidents={incidents}
    />
  );
}
