"use client";

import { useState } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { formatDuration } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import { Time } from "#components/ui/time.tsx";
import type { IncidentSeriesJson } from "#domain/api/incident-series.ts";
import styles from "./incident-chart.module.css";

/** What the chart draws, as tables. Rendered when opened: it may have hundreds of rows. */
export function SeriesTable({ series }: { series: IncidentSeriesJson }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>As a table</summary>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className={styles.table} tabIndex={0} aria-label="Over time, as a table">
          <DataTable
            plain
            compact
            label="Figures over time"
            rows={series.points}
            rowKey={({ at }) => at}
            columns={[
              { head: "Time", cell: ({ at }) => <Time at={at} relativeTo={series.to} /> },
              ...series.datacenters.map((datacenter, index) => ({
                head: `${datacenter} behind`,
                figure: true,
                cell: ({ lagSeconds }: IncidentSeriesJson["points"][number]) => {
                  const lag = lagSeconds[index] ?? null;
                  return lag === null ? "unknown" : formatDuration(lag);
                },
              })),
              {
                head: "Events waiting",
                figure: true,
                cell: ({ waiting }) => (waiting === null ? "unknown" : formatCount(waiting)),
              },
              { head: "Alerts firing", figure: true, cell: ({ firing }) => formatCount(firing) },
            ]}
          />
          <DataTable
            plain
            compact
            label="What happened"
            rows={series.marks.map((mark, index) => ({ ...mark, key: `${mark.at} ${index}` }))}
            rowKey={({ key }) => key}
            columns={[
              { head: "Time", cell: ({ at }) => <Time at={at} relativeTo={series.to} /> },
              { head: "Kind", cell: ({ kind }) => kind },
              { head: "What", cell: ({ text }) => text },
            ]}
          />
        </section>
      )}
    </details>
  );
}
