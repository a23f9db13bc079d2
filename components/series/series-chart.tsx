"use client";

import { type PointerEvent, useState } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatDuration } from "#components/ui/duration.ts";
import { formatInstant } from "#components/ui/instant-format.ts";
import { formatCount } from "#components/ui/number-format.ts";
import { localZone, useZoneChoice } from "#components/ui/time-zone.ts";
import { formatCompact } from "./format-compact.ts";
import styles from "./series.module.css";
import { SeriesFigures } from "./series-figures.tsx";
import { instantUnder, lagTicksOf, type Recovery, type SeriesLine, type SeriesPoint, ticksOf } from "./series-model.ts";

interface SeriesChartProps {
  points: SeriesPoint[];
  lines: SeriesLine[];
  fromMs: number;
  toMs: number;
  /** Of incidents. */
  onsetsMs: readonly number[];
  /** When something was deployed. */
  deployedMs?: readonly number[];
  /** The expected end, drawn as a band from p50 to p90. */
  recovery: Recovery | null;
  /** Where the past ends; marked if the axis goes on. */
  nowMs: number;
  onZoom: (fromMs: number, toMs: number) => void;
}

/** Shared with the rows of marks below, so that all of it has one axis. */
const leftAxis = 88;
const rightAxis = 48;
const tick = { fill: "var(--tm-muted)", fontSize: 12 };
const shortestMs = 120_000;

/**
 * Lags as lines, and where they were counted waiting events as an area and firing alerts as a step below. A mouse, a pen or a finger
 * drawn across it zooms in.
 */
export default function SeriesChart(props: SeriesChartProps) {
  const { points, lines, fromMs, toMs, onsetsMs, deployedMs = [], recovery, nowMs, onZoom } = props;
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const zone = useZoneChoice() === "local" ? localZone() : "UTC";
  const time = (ms: number) => formatInstant(new Date(ms).toISOString(), zone, new Date(toMs).toISOString());
  const axis = {
    dataKey: "ms",
    type: "number",
    domain: [fromMs, toMs],
    allowDataOverflow: true,
    ticks: ticksOf(fromMs, toMs, 7),
    tickFormatter: (ms: number) => time(ms).slice(-5),
  } as const;
  const lagTicks = lagTicksOf(points);
  const hasWaiting = points.some(({ waiting }) => (waiting ?? 0) > 0);
  const hasFiring = points.some(({ firing }) => firing != null);
  const instantAt = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return instantUnder(clientX, { left: left + leftAxis, width: width - leftAxis - rightAxis, fromMs, toMs });
  };
  function begin(event: PointerEvent) {
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const ms = instantAt(event);
    setDrag({ from: ms, to: ms });
  }
  function end(event: PointerEvent) {
    if (!drag) return;
    const ms = instantAt(event);
    const [from, to] = [Math.min(drag.from, ms), Math.max(drag.from, ms)];
    if (to - from >= shortestMs) onZoom(from, to);
    setDrag(null);
  }
  return (
    <div
      className={styles.drawn}
      data-short={!hasFiring || undefined}
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: instantAt(event) })}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      <ResponsiveContainer width="100%" height={220}>
        <ComposedChart
          data={points}
          syncId="series"
          syncMethod="value"
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--tm-line)" vertical={false} />
          <XAxis {...axis} tick={tick} tickLine={false} axisLine={{ stroke: "var(--tm-line)" }} />
          <YAxis
            yAxisId="lag"
            width={leftAxis}
            tick={tick}
            ticks={lagTicks}
            interval={0}
            tickFormatter={formatDuration}
            axisLine={false}
            tickLine={false}
            domain={[0, lagTicks.at(-1) ?? 0]}
          />
          <YAxis
            yAxisId="waiting"
            orientation="right"
            width={rightAxis}
            tick={hasWaiting ? tick : false}
            tickFormatter={formatCompact}
            axisLine={false}
            tickLine={false}
            domain={[0, "auto"]}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--tm-text)", strokeWidth: 1 }}
            content={({ active, label }) => {
              const point = active ? points.find(({ ms }) => ms === label) : undefined;
              return point ? <SeriesFigures at={time(point.ms)} point={point} lines={lines} /> : null;
            }}
          />
          <Area
            yAxisId="waiting"
            dataKey="waiting"
            fill="var(--state-closing)"
            fillOpacity={0.22}
            stroke="var(--state-closing)"
            strokeOpacity={0.5}
            isAnimationActive={false}
          />
          {lines.map(({ datacenter, index, ink, dash }) => (
            <Line
              key={datacenter}
              yAxisId="lag"
              dataKey={({ lags }: SeriesPoint) => lags[index]}
              name={datacenter}
              stroke={ink}
              strokeWidth={2}
              strokeDasharray={dash}
              dot={false}
              isAnimationActive={false}
            />
          ))}
          {recovery && (
            <ReferenceArea
              yAxisId="lag"
              x1={Math.max(fromMs, recovery.p50Ms)}
              x2={recovery.p90Ms}
              ifOverflow="hidden"
              fill="var(--state-closing)"
              fillOpacity={0.08}
              stroke="var(--state-closing)"
              strokeDasharray="4 3"
              label={{
                value: `closed by ~${time(recovery.p50Ms)}–${time(recovery.p90Ms)}`,
                position: "insideTopRight",
                // below the onset's label, which it may reach on a phone
                offset: 24,
                fontSize: 12,
                fill: "var(--tm-text)",
                // readable where it crosses a line
                paintOrder: "stroke",
                stroke: "var(--tm-surface)",
                strokeWidth: 4,
              }}
            />
          )}
          {nowMs > fromMs && nowMs < toMs && (
            <ReferenceLine
              yAxisId="lag"
              x={nowMs}
              stroke="var(--tm-muted)"
              label={{ value: "now", position: "insideBottomRight", fill: "var(--tm-muted)", fontSize: 12 }}
            />
          )}
          {onsetsMs
            .filter((ms) => ms > fromMs && ms < toMs)
            .map((ms) => (
              <ReferenceLine
                key={ms}
                yAxisId="lag"
                x={ms}
                stroke="var(--tm-text)"
                strokeDasharray="4 3"
                label={{ value: "onset", position: "insideTopLeft", fill: "var(--tm-text)", fontSize: 12 }}
              />
            ))}
          {deployedMs.map((ms) => (
            <ReferenceLine key={ms} yAxisId="lag" x={ms} stroke="var(--tm-muted)" strokeDasharray="1 3" />
          ))}
          {drag && drag.from !== drag.to && (
            <ReferenceArea yAxisId="lag" x1={drag.from} x2={drag.to} fill="var(--tm-link)" fillOpacity={0.16} />
          )}
        </ComposedChart>
      </ResponsiveContainer>
      {hasFiring && (
        <ResponsiveContainer width="100%" height={56}>
          <ComposedChart
            data={points}
            syncId="series"
            syncMethod="value"
            margin={{ top: 4, right: rightAxis, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <XAxis {...axis} hide />
            <YAxis
              width={leftAxis}
              tick={tick}
              axisLine={false}
              tickLine={false}
              allowDecimals={false}
              tickCount={2}
              tickFormatter={(count: number) => (count === 0 ? "0" : `${formatCount(count)} firing`)}
            />
            <Tooltip cursor={{ stroke: "var(--tm-text)", strokeWidth: 1 }} content={() => null} />
            <Area
              type="stepAfter"
              dataKey="firing"
              fill="var(--state-late)"
              fillOpacity={0.2}
              stroke="var(--state-late)"
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}
