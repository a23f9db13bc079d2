"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import page from "#components/ui/page.module.css";
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
    <section className={page.card} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{children}</p>
      <TrendChart {...chart} />
      <ul className={styles.legend} aria-label="Legend">
        {series.map(({ key, name, ink, dash }) => (
          <li key={key}>
            <svg viewBox="0 0 24 4" aria-hidden="true">
              <line x1="0" x2="24" y1="2" y2="2" stroke={ink} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            {name}
          </li>
        ))}
        {band && (
          <li>
            <span className={styles.bandKey} /> {band.name}
          </li>
        )}
      </ul>
      <details>
        <summary>As a table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section className={styles.table} tabIndex={0} aria-label={`${title}, as a table`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                {series.map(({ key, name }) => (
                  <th key={key} scope="col">
                    {name}
                  </th>
                ))}
                {band && <th scope="col">{band.name}</th>}
              </tr>
            </thead>
            <tbody>
              {data.map((row) => (
                <tr key={String(row[x])}>
                  <th scope="row">{String(row[x])}</th>
                  {series.map(({ key }) => (
                    <td key={key}>{cellText(row[key], format)}</td>
                  ))}
                  {band && <td>{cellText(row[band.key], format)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </section>
  );
}

function cellText(
  value: TrendChartProps["data"][number][string] | undefined,
  format: (value: number) => string,
): string {
  if (Array.isArray(value)) return `${format(value[0])} – ${format(value[1])}`;
  return typeof value === "number" ? format(value) : "unknown";
}
