import { type Columns, columnOf } from "#domain/matrix.ts";
import type { Place } from "./cell-words.ts";

/** Where a key moves from a cell, by columns and rows as shown; null: not a cursor key. */
export function moveCursor(
  key: string,
  withControl: boolean,
  from: Place | null,
  { columns, rows, pageRows }: { columns: Columns; rows: number; pageRows: number },
): Place | null {
  const steps: Record<string, [columns: number, rows: number]> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
    PageUp: [0, -pageRows],
    PageDown: [0, pageRows],
    Home: [Number.NEGATIVE_INFINITY, withControl ? Number.NEGATIVE_INFINITY : 0],
    End: [Number.POSITIVE_INFINITY, withControl ? Number.POSITIVE_INFINITY : 0],
  };
  const step = steps[key];
  if (!step || rows === 0) return null;
  // The first key goes to the newest hour of the first row: where trouble is.
  if (!from) return placeOf(columns, columns.count - 1, 0);
  const column = clamp(columnOf(columns, from.hour) + step[0], columns.count - 1);
  return placeOf(columns, column, clamp(from.row + step[1], rows - 1));
}

export function placeOf({ starts }: Columns, column: number, row: number): Place {
  return { row, hour: starts[column] ?? 0, endHour: starts[column + 1] ?? 0 };
}

function clamp(value: number, last: number): number {
  return Math.min(Math.max(value, 0), last);
}
