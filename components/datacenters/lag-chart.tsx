"use client";

import { useState } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { formatDuration, formatTerm } from "#components/ui/duration.ts";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardIncidentJson } from "#domain/api/board.ts";
import type { LagHistoryJson } from "#domain/api/lateness.ts";
import styles from "./datacenters.module.css";
import { chartSpan, chartTicks, chartTop, placeOn, pointAt } from "./lag-chart-model.ts";

interface LagChartProps {
  history: LagHistoryJson;
  incidents: readonly BoardIncidentJson[];
}

/** The lag over time with its axes, the onsets of open incidents, and the figure under the pointer. */
export function LagChart({ history, incidents }: LagChartProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const { lagSeconds, datacenter, asOf } = history;
  const span = chartSpan(history);
  const top = chartTop(lagSeconds);
  const known = lagSeconds.filter((lag) => lag !== null);
  const onsets = incidents.flatMap(({ id, title, onset }) => {
    const place = placeOn(span, onset.at);
    return place === null ? [] : [{ id, title, at: onset.at, place }];
  });
  const most = known.length === 0 ? "unknown" : `at most ${formatDuration(Math.max(...known))}`;
  return (
    <>
      <div className={styles.chart}>
        <div className={styles.scale} aria-hidden="true">
          <span>{formatTerm(top)}</span>
          <span>{formatTerm(top / 2)}</span>
          <span>0</span>
        </div>
        <div
          className={styles.plot}
          onPointerMove={({ clientX, currentTarget }) => {
            const { left, width } = currentTarget.getBoundingClientRect();
            setPointed(pointAt(history, (clientX - left) / width));
          }}
          onPointerLeave={() => setPointed(null)}
        >
          <Sparkline
            points={lagSeconds}
            label={`Lag of ${datacenter} over time: ${most}.`}
            leastTop={top}
            isTrouble={incidents.some(({ phase }) => phase !== "recovering")}
          />
          {onsets.map(({ id, title, at, place }) => (
            <span
              key={id}
              className={styles.onset}
              data-end={place > 0.7 || undefined}
              style={{ insetInlineStart: `${100 * place}%` }}
              title={title}
            >
              <span>
                began <Time at={at} relativeTo={asOf} />
              </span>
            </span>
          ))}
          {pointed !== null && <Pointed history={history} index={pointed} />}
        </div>
        <div className={styles.times} aria-hidden="true">
          {chartTicks(span).map(({ at, place }) => (
            <span key={at} style={{ insetInlineStart: `${100 * place}%` }}>
              <Time at={at} relativeTo={asOf} />
            </span>
          ))}
        </div>
      </div>
      <details>
        <summary>As a table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section className={styles.table} tabIndex={0} aria-label={`Lag of ${datacenter}, as a table`}>
          <DataTable
            plain
            compact
            label={`Lag of ${datacenter}`}
            rows={lagSeconds.map((lag, index) => ({ at: instantOf(history, index), lag })).toReversed()}
            rowKey={({ at }) => at}
            columns={[
              { head: "Time", cell: ({ at }) => <Time at={at} relativeTo={asOf} /> },
              { head: "Behind", figure: true, cell: ({ lag }) => (lag === null ? "unknown" : formatDuration(lag)) },
            ]}
          />
        </section>
      </details>
    </>
  );
}

function Pointed({ history, index }: { history: LagHistoryJson; index: number }) {
  const place = index / (history.lagSeconds.length - 1);
  const lag = history.lagSeconds[index] ?? null;
  return (
    <span
      className={styles.pointed}
      data-end={place > 0.7 || undefined}
      style={{ insetInlineStart: `${100 * place}%` }}
    >
      <span>
        <Time at={instantOf(history, index)} relativeTo={history.asOf} />:{" "}
        <strong>{lag === null ? "unknown" : formatDuration(lag)}</strong>
      </span>
    </span>
  );
}

function instantOf({ from, stepSeconds }: LagHistoryJson, index: number): string {
  return new Date(Date.parse(from) + index * stepSeconds * 1000).toISOString();
}
