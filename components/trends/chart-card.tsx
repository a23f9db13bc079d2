"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import legend from "#components/ui/legend.module.css";
import { LineKey } from "#components/ui/line-key.tsx";
import { Section } from "#components/ui/section.tsx";
import type { TrendChartProps } from "./trend-chart.tsx";
import styles from "./trends.module.css";

// The library is loaded with the first chart: other pages do not need it.
const TrendChart = dynamic(() => import("./trend-chart.tsx"), {
  ssr: false,
  loading: () => <div className={styles.chart} />,
});

interface ChartCardProps extends TrendChartProps {
  id: string;
  title: string;
  /** What it shows, in a sentence. */
  children: ReactNode;
}

/** A chart with a sentence about it and the table that it is drawn from. */
export function ChartCard({ id, title, children, ...chart }: ChartCardProps) {
  const { data, x, series, format, band } = chart;
  return (
    <Section id={id} title={title}>
      <p>{children}</p>
      <TrendChart {...chart} />
      <ul className={`${legend.legend} ${styles.legend}`} aria-label="Legend">
        {series.map(({ key, name, ink, dash }) => (
          <li key={key}>
            <LineKey ink={ink} dash={dash} />
            {name}
          </li>
        ))}
        {band && (
          <li>
            <span className={styles.bandKey} /> {band.name}
          </li>
        )}
      </ul>
      <Disclosure summary="As a table">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section className={styles.table} tabIndex={0} aria-label={`${title}, as a table`}>
          <DataTable
            plain
            compact
            label={title}
            rows={data}
            rowKey={(row) => String(row[x])}
            columns={[
              { head: "Time", cell: (row) => String(row[x]) },
              ...series.map(({ key, name }) => ({
                head: name,
                figure: true,
                cell: (row: (typeof data)[number]) => cellText(row[key], format),
              })),
              band !== undefined && { head: band.name, figure: true, cell: (row) => cellText(row[band.key], format) },
            ]}
          />
        </section>
      </Disclosure>
    </Section>
  );
}

function cellText(
  value: TrendChartProps["data"][number][string] | undefined,
  format: (value: number) => string,
): string {
  if (Array.isArray(value)) return `${format(value[0])} – ${format(value[1])}`;
  return typeof value === "number" ? format(value) : "unknown";
}
