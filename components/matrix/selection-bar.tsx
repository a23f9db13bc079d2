"use client";

import { Button } from "@mantine/core";
import { formatCountOf } from "#components/ui/number-format.ts";
import { formatHour } from "#domain/hour.ts";
import { countStates, hourAt, type Matrix } from "#domain/matrix.ts";
import { sayCounts, sayMissed } from "./cell-words.ts";
import styles from "./matrix.module.css";
import type { SetMatrixParams } from "./use-matrix-params.ts";

interface SelectionBarProps {
  matrix: Matrix;
  rows: readonly number[];
  first: number;
  end: number;
  setParams: SetMatrixParams;
  onZoom: () => void;
}

/** The brushed hours: their content, and the actions on them. */
export function SelectionBar({ matrix, rows, first, end, setParams, onZoom }: SelectionBarProps) {
  const [from, to] = [formatHour(hourAt(matrix, first)), formatHour(hourAt(matrix, end))];
  const { counts, amended, missed } = countStates(matrix, rows, first, end);
  const clear = { selFrom: null, selTo: null };
  return (
    <section className={styles.card} aria-label="Selected hours">
      <p className={styles.facts} role="status">
        <strong>
          {from} to {to}
        </strong>
        <span>
          {formatCountOf(end - first, "hour")} of {formatCountOf(rows.length, "type")}: {sayCounts(counts)}
          {missed > 0 && `, ${sayMissed(missed)}`}
          {amended > 0 && `, ${amended} amended`}
        </span>
      </p>
      <div className={styles.ways}>
        <Button onClick={onZoom}>Zoom to them</Button>
        <Button onClick={() => setParams({ ...clear, from, to, at: null, span: null, row: null })}>
          Show only them
        </Button>
        <Button onClick={() => setParams(clear)}>Clear</Button>
      </div>
    </section>
  );
}
