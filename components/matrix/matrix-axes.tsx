import type { Days, Layout, Matrix } from "#domain/matrix.ts";
import styles from "./matrix.module.css";
import { dayTicks, hourTicks, rowTicks } from "./ticks.ts";

interface MatrixAxesProps {
  matrix: Matrix;
  rows: readonly number[];
  days: Days;
  layout: Layout;
  width: number;
  height: number;
}

/** Days, hours and names beside the canvas, as text. Cells themselves are named when the cursor reaches them. */
export function MatrixAxes({ matrix, rows, days, layout, width, height }: MatrixAxesProps) {
  return (
    <>
      <div className={styles.corner} aria-hidden="true">
        UTC
      </div>
      <div className={styles.timeAxis} aria-hidden="true">
        {dayTicks(layout, days, matrix.from, width).map(({ key, x, label }) => (
          <span key={key} className={styles.day} style={{ transform: `translateX(${x}px)` }}>
            {label}
          </span>
        ))}
        {hourTicks(layout, days, matrix.from, width).map(({ key, x, label }) => (
          <span key={key} className={styles.hour} style={{ transform: `translateX(${x}px)` }}>
            {label}
          </span>
        ))}
      </div>
      <div className={styles.nameAxis} aria-hidden="true">
        {rowTicks(layout, rows.length, height).map(({ row, y }) => (
          <span
            key={row}
            className={styles.name}
            style={{ transform: `translateY(${y}px)`, lineHeight: `${Math.max(12, layout.rowPx)}px` }}
          >
            {matrix.types[rows[row] ?? -1]?.eventType}
          </span>
        ))}
      </div>
    </>
  );
}
