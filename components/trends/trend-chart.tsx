"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import styles from "./trends.module.css";

export interface Series {
  key: string;
  name: string;
  /** A CSS colour. */
  ink: string;
  dash?: string;
}

export interface TrendChartProps {
  data: readonly Record<string, number | string | null | [number, number]>[];
  /** The data's key along the bottom. */
  x: string;
  series: readonly Series[];
  format: (value: number) => string;
  /** A filled band between two values: [low, high] under this key. */
  band?: { key: string; name: string };
  limit?: { value: number; name: string };
  /** Marks along the bottom, by the value of `x`. */
  marks?: readonly { x: string; title: string }[];
}

/** Lines over time. A table beside it has the same data, for screen readers too. */
export default function TrendChart({ data, x, series, format, band, limit, marks = [] }: TrendChartProps) {
  return (
    <div className={styles.chart} aria-hidden="true">
      <ResponsiveContainer width="100%" height={200}>
        <ComposedChart data={[...data]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--tm-line)" vertical={false} />
          <XAxis dataKey={x} tick={{ fill: "var(--tm-muted)", fontSize: 12 }} minTickGap={32} tickLine={false} />
          <YAxis
            width={72}
            tick={{ fill: "var(--tm-muted)", fontSize: 12 }}
            tickFormatter={format}
            axisLine={false}
            tickLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            contentStyle={{ background: "var(--tm-surface)", border: "1px solid var(--tm-line)", borderRadius: 6 }}
            formatter={(value) =>
              Array.isArray(value) ? value.map(Number).map(format).join(" – ") : format(Number(value))
            }
          />
          {band && (
            <Area
              dataKey={band.key}
              name={band.name}
              fill="var(--state-closing)"
              fillOpacity={0.18}
              stroke="none"
              isAnimationActive={false}
            />
          )}
          {series.map(({ key, name, ink, dash }) => (
            <Line
              key={key}
              dataKey={key}
              name={name}
              stroke={ink}
              strokeWidth={2}
              {...(dash ? { strokeDasharray: dash } : {})}
              dot={false}
              isAnimationActive={false}
            />
          ))}
          {limit && (
            <ReferenceLine
              y={limit.value}
              stroke="var(--state-late)"
              strokeDasharray="6 3"
              ifOverflow="extendDomain"
              label={{ value: limit.name, position: "insideTopRight", fill: "var(--state-late)", fontSize: 12 }}
            />
          )}
          {marks.map((mark) => (
            <ReferenceLine key={`${mark.x} ${mark.title}`} x={mark.x} stroke="var(--tm-muted)" strokeDasharray="2 2" />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
