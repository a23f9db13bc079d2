"use client";

import { Button } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { formatHour } from "#domain/hour.ts";
import { type Days, hourAt, indexOfHour, type Matrix, stateOf } from "#domain/matrix.ts";
import { worstState } from "#domain/risk.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { describeCell } from "./cell-words.ts";
import styles from "./matrix.module.css";
import type { MatrixParams, SetMatrixParams } from "./use-matrix-params.ts";

interface MatrixTableProps {
  matrix: Matrix;
  rows: readonly number[];
  days: Days;
  asOfMs: number;
  params: MatrixParams;
  setParams: SetMatrixParams;
}

/** First hour, and the end of the last. */
type Column = readonly [number, number];

const rowPx = 32;
const mostHours = 48;

/** The same as a real table: days across, or the hours of the zoomed range. Only rows in view are rendered. */
export function MatrixTable(props: MatrixTableProps) {
  const { matrix, rows, days, asOfMs, params, setParams } = props;
  const area = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => area.current,
    estimateSize: () => rowPx,
    overscan: 8,
  });
  const columns = columnsOf(matrix, days, params);
  const isHours = columns.every(([first, end]) => end - first === 1);
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      {isHours && columns.length < matrix.hours && (
        <p className={styles.ways}>
          <Button onClick={() => setParams({ at: null, span: null })}>All days</Button>
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it */}
      <section ref={area} className={styles.tableArea} tabIndex={0} aria-label="Hours as a table">
        {/* Rows not rendered leave their space as margins: an empty row would be read out. */}
        <table
          className={styles.table}
          aria-rowcount={rows.length + 1}
          style={{ marginTop: above, marginBottom: below }}
        >
          <caption className={page.said}>
            {isHours ? "States of event types by hour, UTC" : "States of event types by day, UTC: hours per state"}
          </caption>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">Event type</th>
              {columns.map((column) => (
                <th key={column[0]} scope="col">
                  <ColumnHead matrix={matrix} column={column} setParams={setParams} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(({ index }) => {
              const row = rows[index] ?? 0;
              const name = matrix.types[row]?.eventType ?? "";
              return (
                <tr key={name} aria-rowindex={index + 2} style={{ height: rowPx }}>
                  <th scope="row">
                    <PageLink href={`/event-types/${encodeURIComponent(name)}`}>{name}</PageLink>
                  </th>
                  {columns.map((column) => (
                    <td key={column[0]}>
                      <TableCell matrix={matrix} row={row} column={column} asOfMs={asOfMs} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}

function ColumnHead({
  matrix,
  column: [first, end],
  setParams,
}: {
  matrix: Matrix;
  column: Column;
  setParams: SetMatrixParams;
}) {
  const hour = formatHour(hourAt(matrix, first));
  if (end - first === 1) return hour.slice(5).replace("T", " ");
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      title="Show its hours"
      onClick={() => setParams({ at: hour, span: Math.max(12, end - first) })}
    >
      {hour.slice(5, 10)}
    </Button>
  );
}

function TableCell({
  matrix,
  row,
  column: [first, end],
  asOfMs,
}: {
  matrix: Matrix;
  row: number;
  column: Column;
  asOfMs: number;
}) {
  const words = describeCell(matrix, { row, hour: first, endHour: end }, asOfMs);
  if (end - first === 1) {
    if (!words.state) return <span className={page.said}>no verdict</span>;
    const name = encodeURIComponent(matrix.types[row]?.eventType ?? "");
    const label = [words.state, words.missed > 0 && "deadline missed", words.amended && "amended"]
      .filter(Boolean)
      .join(", ");
    return (
      <PageLink
        className={styles.cellLink}
        href={`/event-types/${name}/hours/${formatHour(hourAt(matrix, first))}`}
        title={words.facts.join(", ")}
      >
        <span className={words.missed > 0 ? styles.missedCell : undefined}>
          <StateGlyph state={words.state} />
        </span>
        <span className={page.said}>{label}</span>
      </PageLink>
    );
  }
  const { state, count } = tellingState(matrix, row, first, end);
  return (
    <span title={words.facts.join(", ")}>
      {state && (
        <span className={`${styles.dayCell} ${words.missed > 0 ? styles.missedCell : ""}`} aria-hidden="true">
          <StateGlyph state={state} />
          {state === "complete" ? "" : count}
        </span>
      )}
      <span className={page.said}>{words.facts.join(", ")}</span>
    </span>
  );
}

/** The state that represents a day, and how many of its hours have it. */
function tellingState(matrix: Matrix, row: number, first: number, end: number) {
  const start = row * matrix.hours;
  const states = [...matrix.states.subarray(start + first, start + end)].flatMap((code) => stateOf(code) ?? []);
  const softer: VerdictState[] = ["closing", "verifying", "open"];
  const state = worstState(states) ?? softer.find((each) => states.includes(each)) ?? states[0] ?? null;
  return { state, count: states.filter((each) => each === state).length };
}

function columnsOf(matrix: Matrix, days: Days, { at, span }: MatrixParams): Column[] {
  const shown = span ?? matrix.hours;
  if (shown <= mostHours) {
    const asked = at ? indexOfHour(matrix, at) : 0;
    const first = Math.min(Math.max(0, asked), Math.max(0, matrix.hours - 1));
    const count = Math.min(Math.ceil(shown), matrix.hours - first);
    return Array.from({ length: count }, (_, index) => [first + index, first + index + 1] as const);
  }
  return Array.from({ length: days.count }, (_, day) => [days.starts[day] ?? 0, days.starts[day + 1] ?? 0] as const);
}
