"use client";

import { Button, Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { failureOf, queries } from "#components/api/queries.ts";
import styles from "#components/series/series.module.css";
import { SeriesLegend } from "#components/series/series-legend.tsx";
import { axisEnd, linesOf, pointsOf, recoveryAhead } from "#components/series/series-model.ts";
import { SeriesTable } from "#components/series/series-table.tsx";
import { toInstant, useSeriesRange } from "#components/series/use-series-range.ts";
import { formatInstant } from "#components/ui/instant-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { localZone, useZoneChoice } from "#components/ui/time-zone.ts";
import type { IncidentJson } from "#domain/api/alerts.ts";
import { MarkRows } from "./mark-rows.tsx";

// The library is loaded with the chart: other pages do not carry it.
const SeriesChart = dynamic(() => import("#components/series/series-chart.tsx"), {
  ssr: false,
  loading: () => <Skeleton className={styles.drawn} />,
});

interface IncidentChartProps {
  incident: IncidentJson;
  asOf: string;
  className?: string | undefined;
}

/** How the incident went: lags, waiting events, firing alerts and what happened, on one axis. The range is in the URL. */
export function IncidentChart({ incident, asOf, className }: IncidentChartProps) {
  const [range, setRange] = useSeriesRange();
  const query = useQuery({ ...queries.incidentSeries(incident.id, range), placeholderData: keepPreviousData });
  const zone = useZoneChoice() === "local" ? localZone() : "UTC";
  const series = query.data;
  const failure = failureOf(query);
  const isZoomed = range.from !== null || range.to !== null;
  const { onset, recovery: expected } = incident.situation;
  const recovery = recoveryAhead(expected, Date.parse(asOf));
  const endMs = Date.parse(series?.to ?? onset.at);
  const toMs = axisEnd({ toMs: endMs, chosenTo: range.to, recovery });
  return (
    <Section id="chart" title="Over time" className={className}>
      {series === undefined && failure === null && <Skeleton className={styles.drawn} />}
      {series === undefined && failure !== null && <p>Couldn’t load the chart: {failure}</p>}
      {series && series.points.length === 0 && (
        <p className={page.quiet}>
          {isZoomed
            ? "Nothing was sampled in this range."
            : "No minute is sampled yet. The first one is drawn within a minute."}
        </p>
      )}
      {series && series.points.length > 0 && (
        <>
          <SeriesChart
            points={pointsOf(series)}
            lines={linesOf(series)}
            fromMs={Date.parse(series.from)}
            toMs={toMs}
            onsetsMs={[Date.parse(onset.at)]}
            recovery={recovery}
            nowMs={Date.parse(asOf)}
            deployedMs={series.marks.flatMap(({ kind, at }) => (kind === "deployment" ? [Date.parse(at)] : []))}
            onZoom={(from, to) => setRange({ from: toInstant(from), to: toInstant(to) })}
          />
          <MarkRows
            marks={series.marks}
            fromMs={Date.parse(series.from)}
            toMs={toMs}
            time={(at) => formatInstant(at, zone)}
          />
          <SeriesLegend series={series} recovery={recovery} asOf={asOf} />
          <SeriesTable series={series} marks={series.marks} asOf={series.to} />
        </>
      )}
      <div className={styles.controls}>
        <Button
          size="compact-sm"
          onClick={() => {
            const at = Date.parse(onset.at);
            setRange({ from: toInstant(at - 1_800_000), to: toInstant(at + 1_800_000) });
          }}
        >
          Around the onset
        </Button>
        <Button
          size="compact-sm"
          onClick={() => {
            setRange({ from: toInstant(endMs - 3_600_000), to: null });
          }}
        >
          Last hour
        </Button>
        <Button size="compact-sm" disabled={!isZoomed} onClick={() => setRange({ from: null, to: null })}>
          All of it
        </Button>
        <span className={page.hint}>Drag over the chart to zoom in.</span>
      </div>
    </Section>
  );
}
