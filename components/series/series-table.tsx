"use client";

import { useState } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { formatDuration } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import { Time } from "#components/ui/time.tsx";
import type { IncidentMarkJson } from "#domain/api/incident-series.ts";
import styles from "./series.module.css";
import type { Series } from "./series-model.ts";

type Point = Series["points"][number];

interface SeriesTableProps {
  series: Series;
  /** What happened, if the chart marks it. */
  marks?: readonly IncidentMarkJson[];
  asOf: string;
}

/** What the chart draws, as tables. Rendered when opened: it may have hundreds of rows. */
export function SeriesTable({ series, marks, asOf }: SeriesTableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Disclosure summary="As a table" onToggle={setOpen}>
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
              { head: "Time", cell: ({ at }) => <Time at={at} relativeTo={asOf} /> },
              ...series.datacenters.map((datacenter, index) => ({
                head: `${datacenter} behind`,
                figure: true,
                cell: ({ lagSeconds }: Point) => {
                  const lag = lagSeconds[index] ?? null;
                  return lag === null ? "unknown" : formatDuration(lag);
                },
              })),
              ...(marks ? countColumns : []),
            ]}
          />
          {marks && (
            <DataTable
              plain
              compact
              label="What happened"
              rows={marks.map((mark, index) => ({ ...mark, key: `${mark.at} ${index}` }))}
              rowKey={({ key }) => key}
              columns={[
                { head: "Time", cell: ({ at }) => <Time at={at} relativeTo={asOf} /> },
                { head: "Kind", cell: ({ kind }) => kind },
                { head: "What", cell: ({ text }) => text },
              ]}
            />
          )}
        </section>
      )}
    </Disclosure>
  );
}

const countColumns = [
  { head: "Events waiting", figure: true, cell: ({ waiting }: Point) => countText(waiting) },
  { head: "Alerts firing", figure: true, cell: ({ firing }: Point) => countText(firing) },
];

function countText(count: number | null | undefined): string {
  return count == null ? "unknown" : formatCount(count);
}
