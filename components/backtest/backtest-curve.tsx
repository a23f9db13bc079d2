import { DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import type { BacktestJson, CurvePointJson } from "#domain/api/backtest.ts";
import styles from "./backtest.module.css";
import { formatLead, formatRate } from "./backtest-figures.tsx";
import { noun } from "./say-backtest.ts";

const width = 560;
const height = 132;
const left = 44;
const right = 44;
const top = 20;
const bottom = 104;

/**
 * What each threshold would cost and catch: pages per week as a line, missed breaches as bars, the draft's own threshold marked.
 */
export function BacktestCurve({ backtest }: { backtest: BacktestJson }) {
  const { curve, severity } = backtest;
  const label = `${noun(severity)}s a week`;
  const mostPages = Math.max(1, ...curve.map(({ pagesPerWeek }) => pagesPerWeek));
  const mostMissed = Math.max(1, ...curve.map(({ missed }) => missed ?? 0));
  const step = (width - left - right) / curve.length;
  const x = (index: number) => left + step * (index + 0.5);
  const y = (share: number) => bottom - share * (bottom - top);
  const line = curve.map(({ pagesPerWeek }, index) => `${x(index)},${y(pagesPerWeek / mostPages)}`).join(" ");
  const current = curve.findIndex(({ isCurrent }) => isCurrent);
  const every = Math.ceil(curve.length / 9);
  return (
    <figure className={styles.curve}>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <line className={styles.rule} x1={left} x2={width - right} y1={bottom} y2={bottom} />
        <text className={styles.axis} x={left - 6} y={top + 4} textAnchor="end">
          {formatRate(mostPages)}
        </text>
        <text className={styles.axis} x={left - 6} y={bottom + 4} textAnchor="end">
          0
        </text>
        {curve.some(({ missed }) => missed !== null && missed > 0) && (
          <text className={styles.axis} x={width - right + 6} y={top + 4}>
            {mostMissed}
          </text>
        )}
        {curve.map(({ threshold, missed }, index) => (
          <rect
            key={threshold}
            className={styles.missed}
            x={x(index) - step * 0.3}
            width={step * 0.6}
            y={y((missed ?? 0) / mostMissed)}
            height={bottom - y((missed ?? 0) / mostMissed)}
          />
        ))}
        {current >= 0 && <line className={styles.current} x1={x(current)} x2={x(current)} y1={top - 12} y2={bottom} />}
        <polyline className={styles.pages} points={line} />
        {curve.map(({ threshold, isCurrent, pagesPerWeek }, index) => (
          <g key={threshold}>
            <circle className={styles.dot} cx={x(index)} cy={y(pagesPerWeek / mostPages)} r={isCurrent ? 5 : 2.5} />
            {(isCurrent || (index % every === 0 && Math.abs(index - current) >= every)) && (
              <text className={isCurrent ? styles.here : styles.axis} x={x(index)} y={bottom + 18} textAnchor="middle">
                {threshold}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption>
        <span className={styles.lineKey} /> {label} <span className={styles.barKey} /> breaches missed, by threshold
      </figcaption>
      <Disclosure summary="As a table">
        <CurveTable curve={curve} label={label} />
      </Disclosure>
    </figure>
  );
}

function CurveTable({ curve, label }: { curve: readonly CurvePointJson[]; label: string }) {
  return (
    <DataTable
      plain
      compact
      label="By threshold"
      rows={curve}
      rowKey={({ threshold }) => threshold}
      isCurrent={({ isCurrent }) => isCurrent}
      columns={[
        { head: "Threshold", cell: ({ threshold, isCurrent }) => (isCurrent ? `${threshold} (this one)` : threshold) },
        { head: label, figure: true, cell: ({ pagesPerWeek }) => formatRate(pagesPerWeek) },
        { head: "caught", figure: true, cell: ({ caught }) => caught ?? "not promised" },
        { head: "missed", figure: true, cell: ({ missed }) => missed ?? "not promised" },
        {
          head: "false",
          figure: true,
          cell: ({ caught, falsePages }) => (caught === null ? "not promised" : falsePages),
        },
        {
          head: "median lead",
          figure: true,
          cell: ({ medianLeadSeconds }) => (medianLeadSeconds === null ? "none caught" : formatLead(medianLeadSeconds)),
        },
      ]}
    />
  );
}
