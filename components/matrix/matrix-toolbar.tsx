"use client";

import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import type { Colouring } from "#domain/matrix.ts";
import styles from "./matrix.module.css";
import { colouringNames } from "./matrix-legend.tsx";
import { rangeDays } from "./standard-range.ts";
import type { MatrixData } from "./use-matrix-data.ts";
import type { MatrixParams, SetMatrixParams } from "./use-matrix-params.ts";

interface MatrixToolbarProps {
  data: MatrixData;
  params: MatrixParams;
  setParams: SetMatrixParams;
}

const wholeView = { at: null, span: null, row: null } as const;

/** The range of hours, the colouring and the order. */
export function MatrixToolbar({ data, params, setParams }: MatrixToolbarProps) {
  const isOwnRange = params.from !== null || params.to !== null;
  return (
    <div className={styles.toolbar}>
      <label>
        Hours
        <select
          value={isOwnRange ? "own" : params.days}
          onChange={(event) => {
            const days = rangeDays.find((each) => String(each) === event.currentTarget.value);
            if (days) setParams({ ...wholeView, days, from: null, to: null });
          }}
        >
          {rangeDays.map((days) => (
            <option key={days} value={days}>
              last {days} days
            </option>
          ))}
          {isOwnRange && (
            <option value="own">
              {data.from} to {data.to}
            </option>
          )}
        </select>
      </label>
      <span className={styles.pager}>
        <button
          type="button"
          className={styles.button}
          onClick={() => setParams({ ...wholeView, ...shift(data, -1) })}
          aria-label="Previous range"
        >
          ←
        </button>
        <button
          type="button"
          className={styles.button}
          disabled={data.isLive}
          onClick={() => setParams({ ...wholeView, ...shift(data, 1) })}
          aria-label="Next range"
        >
          →
        </button>
      </span>
      <label>
        Colour by
        <select value={params.by} onChange={(event) => setParams({ by: event.currentTarget.value as Colouring })}>
          {Object.entries(colouringNames).map(([by, name]) => (
            <option key={by} value={by}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Order
        <select
          value={params.order}
          onChange={(event) => setParams({ order: event.currentTarget.value === "name" ? "name" : "worst" })}
        >
          <option value="worst">worst first</option>
          <option value="name">by name</option>
        </select>
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={params.fold} onChange={(event) => setParams({ fold: event.target.checked })} />
        Fold calm days
      </label>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={params.view === "table"}
          onChange={(event) => setParams({ view: event.target.checked ? "table" : null })}
        />
        As table
      </label>
    </div>
  );
}

/** The range just before or after, as long as this one. */
function shift({ from, to }: MatrixData, direction: 1 | -1) {
  const [first, end] = [parseHour(from), parseHour(to)];
  if (!first || !end) return {};
  const hours = Math.round((end.getTime() - first.getTime()) / 3_600_000) * direction;
  return { from: formatHour(addHours(first, hours)), to: formatHour(addHours(end, hours)) };
}
