"use client";

import { Button, Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { failureOf, queries } from "#components/api/queries.ts";
import { formatInstant } from "#components/ui/instant-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { localZone, useZoneChoice } from "#components/ui/time-zone.ts";
import type { IncidentJson } from "#domain/api/alerts.ts";
import styles from "./incident-chart.module.css";
import { MarkRows } from "./mark-rows.tsx";
import { linesOf, pointsOf } from "./series-model.ts";
import { SeriesTable } from "./series-table.tsx";
import { toInstant, useSeriesRange } from "./use-series-range.ts";

// The library is loaded with the chart: other pages do not carry it.
const SeriesChart = dynamic(() => import("./series-chart.tsx"), {
  ssr: false,
  loading: () => <Skeleton className={styles.drawn} />,
});

/** How the incident went: lags, waiting events, firing alerts and what happened, on one axis. The range is in the URL. */
export function IncidentChart({ incident, className }: { incident: IncidentJson; className?: string | undefined }) {
  const [range, setRange] = useSeriesRange();
  const query = useQuery({ ...queries.incidentSeries(incident.id, range), placeholderData: keepPreviousData });
  const zone = useZoneChoice() === "local" ? localZone() : "UTC";
  const series = query.data;
  const failure = failureOf(query);
  const isZoomed = range.from !== null || range.to !== null;
  const onset = incident.situation.onset.at;
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
            toMs={Date.parse(series.to)}
            onsetMs={Date.parse(onset)}
            deployedMs={series.marks.flatMap(({ kind, at }) => (kind === "deployment" ? [Date.parse(at)] : []))}
            onZoom={(from, to) => setRange({ from: toInstant(from), to: toInstant(to) })}
          />
          <MarkRows
            marks={series.marks}
            fromMs={Date.parse(series.from)}
            toMs={Date.parse(series.to)}
            time={(at) => formatInstant(at, zone)}
          />
          <Legend series={series} />
          <SeriesTable series={series} />
        </>
      )}
      <div className={styles.controls}>
        <Button
          size="compact-sm"
          onClick={() => {
            const at = Date.parse(onset);
            setRange({ from: toInstant(at - 1_800_000), to: toInstant(at + 1_800_000) });
          }}
        >
          Around the onset
        </Button>
        <Button
          size="compact-sm"
          onClick={() => {
            const end = Date.parse(series?.to ?? onset);
            setRange({ from: toInstant(end - 3_600_000), to: null });
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

function Legend({ series }: { series: Parameters<typeof linesOf>[0] }) {
  const lines = linesOf(series);
  return (
    <ul className={styles.legend} aria-label="Legend">
      {lines.map(({ datacenter, ink, dash }) => (
        <li key={datacenter}>
          <svg viewBox="0 0 24 4" aria-hidden="true">
            <line x1="0" x2="24" y1="2" y2="2" stroke={ink} strokeWidth="2" strokeDasharray={dash} />
          </svg>
          {datacenter} behind
        </li>
      ))}
      {series.points.some(({ waiting }) => waiting !== null) && (
        <li>
          <span className={styles.areaKey} /> events waiting
        </li>
      )}
      {lines.length < series.datacenters.length && (
        <li>{series.datacenters.length - lines.length} more datacenters in the table</li>
      )}
    </ul>
  );
}
