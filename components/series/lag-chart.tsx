"use client";

import { Button, Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import page from "#components/ui/page.module.css";
import type { RecoveryOf } from "#components/ui/recovery-of.ts";
import { latestRecovery } from "#components/ui/recovery-of.ts";
import { Section } from "#components/ui/section.tsx";
import { lagHours } from "#domain/lag-hours.ts";
import styles from "./series.module.css";
import { SeriesLegend } from "./series-legend.tsx";
import { axisEnd, linesOf, pointsOf, recoveryAhead, type Series } from "./series-model.ts";
import { SeriesTable } from "./series-table.tsx";
import { useLagRange } from "./use-lag-range.ts";
import { toInstant } from "./use-series-range.ts";

// The library is loaded with the chart: other pages do not carry it.
const SeriesChart = dynamic(() => import("./series-chart.tsx"), {
  ssr: false,
  loading: () => <Skeleton className={styles.drawn} data-short />,
});

interface LagChartProps {
  /** undefined: not read yet. */
  series: Series | undefined;
  asOf: string | undefined;
  failure: string | null;
  /** What the lines are. */
  hint: string;
  /** Open ones that it is part of: their onsets, and when they are expected to have recovered. */
  incidents: readonly (RecoveryOf & { id: string; title: string; onset: { at: string } })[];
}

/** How far lanes were behind: the last hours, or a part that was zoomed to. Both are in the URL. */
export function LagChart({ series, asOf, failure, hint, incidents }: LagChartProps) {
  const { hours, setHours, zoom, setZoom } = useLagRange();
  const isZoomed = zoom.from !== null;
  return (
    <Section id="lag" title="Lag">
      <div className={page.controls}>
        <Button.Group>
          {lagHours.map((each) => (
            <Button
              key={each}
              size="compact-sm"
              aria-pressed={each === hours && !isZoomed}
              onClick={() => {
                setZoom({ from: null, to: null });
                void setHours(each);
              }}
            >
              {each} h
            </Button>
          ))}
        </Button.Group>
        <span className={page.hint}>{hint} A gap is unknown. Drag over the chart to zoom in.</span>
      </div>
      {!series || asOf === undefined ? (
        failure === null ? (
          <Skeleton className={styles.drawn} data-short />
        ) : (
          <p className={page.quiet}>{failure}</p>
        )
      ) : series.points.length === 0 ? (
        <p className={page.quiet}>Nothing was sampled in this range. Samples are kept for 48 h.</p>
      ) : (
        <Drawn series={series} asOf={asOf} incidents={incidents} />
      )}
    </Section>
  );
}

function Drawn({ series, asOf, incidents }: Pick<LagChartProps, "incidents"> & { series: Series; asOf: string }) {
  const { hours, zoom, setZoom } = useLagRange();
  const nowMs = Date.parse(asOf);
  const recovery = recoveryAhead(latestRecovery(incidents), nowMs);
  const toMs = axisEnd({ toMs: zoom.to === null ? nowMs : 0, chosenTo: zoom.to, recovery });
  const fromMs = zoom.from === null ? nowMs - Number(hours) * 3_600_000 : Date.parse(zoom.from);
  const begun = incidents.filter(({ onset }) => Date.parse(onset.at) >= fromMs && Date.parse(onset.at) <= toMs);
  return (
    <>
      <SeriesChart
        points={pointsOf(series)}
        lines={linesOf(series)}
        fromMs={fromMs}
        toMs={toMs}
        onsetsMs={begun.map(({ onset }) => Date.parse(onset.at))}
        recovery={recovery}
        nowMs={nowMs}
        onZoom={(from, to) => setZoom({ from: toInstant(from), to: toInstant(to) })}
      />
      <SeriesLegend series={series} recovery={recovery} incidents={begun} asOf={asOf} />
      <SeriesTable series={series} asOf={asOf} />
    </>
  );
}
