import { type Columns, columnAt, hourUnder } from "./columns.ts";

/** The minimum number of columns across the width: half a day. */
const narrowestSpan = 12;
/** A legible row, with its name beside it. */
export const readableRowPx = 20;
const readableColumnPx = 16;
/** Below this width hours run together: days are drawn as bars. */
const thinnestColumnPx = 1;

/** The visible part. Hours and rows may be fractions. */
export interface View {
  /** The hour at the left edge. */
  left: number;
  /** How many hours, or folded days, fill the width; null: all. */
  span: number | null;
  /** The row at the upper edge. */
  top: number;
}

/** The canvas, and the content to show on it. */
export interface Scene {
  widthPx: number;
  heightPx: number;
  rows: number;
  /** Hours, with calm days folded if requested. */
  hours: Columns;
  days: Columns;
}

/** The view computed for a scene. */
export interface Layout {
  columns: Columns;
  columnPx: number;
  rowPx: number;
  /** At the left edge, in columns. */
  leftColumn: number;
  topRow: number;
  /** Hours run together: columns are days. */
  bars: boolean;
}

export interface Hit {
  row: number;
  column: number;
  /** The column's first hour, and the end of its last. */
  hour: number;
  endHour: number;
}

export function layOut(view: View, scene: Scene): Layout {
  const span = clampSpan(view.span ?? Number.POSITIVE_INFINITY, scene);
  const hourPx = scene.widthPx / span;
  const bars = hourPx < thinnestColumnPx;
  const columns = bars ? scene.days : scene.hours;
  const columnPx = bars ? (hourPx * scene.hours.count) / Math.max(1, scene.days.count) : hourPx;
  const rowPx = rowHeight(hourPx, scene);
  const widest = Math.max(0, columns.count - scene.widthPx / columnPx);
  return {
    columns,
    columnPx,
    rowPx,
    bars,
    leftColumn: clamp(columnAt(columns, view.left), 0, widest),
    topRow: clamp(view.top, 0, Math.max(0, scene.rows - scene.heightPx / rowPx)),
  };
}

/** Zooms around the pointer (or another fixed position, in pixels), which keeps its content. */
export function zoomAt(view: View, scene: Scene, factor: number, at: { x: number; y: number }): View {
  const before = layOut(view, scene);
  const hour = hourUnder(before.columns, before.leftColumn + at.x / before.columnPx);
  const row = before.topRow + at.y / before.rowPx;
  const current = clampSpan(view.span ?? Number.POSITIVE_INFINITY, scene);
  const span = clampSpan(current / factor, scene);
  const after = layOut({ ...view, span, left: 0, top: 0 }, scene);
  const left = hourUnder(after.columns, Math.max(0, columnAt(after.columns, hour) - at.x / after.columnPx));
  return settle({ left, span, top: row - at.y / after.rowPx }, scene);
}

export function panBy(view: View, scene: Scene, dx: number, dy: number): View {
  const { columns, columnPx, rowPx, leftColumn, topRow } = layOut(view, scene);
  return settle(
    { ...view, left: hourUnder(columns, Math.max(0, leftColumn + dx / columnPx)), top: topRow + dy / rowPx },
    scene,
  );
}

/** Scrolls only as far as needed to show the cell. */
export function reveal(view: View, scene: Scene, row: number, hour: number): View {
  const { columns, columnPx, rowPx, leftColumn, topRow } = layOut(view, scene);
  const column = Math.floor(columnAt(columns, hour));
  const [shownColumns, shownRows] = [scene.widthPx / columnPx, scene.heightPx / rowPx];
  const left = clamp(leftColumn, column + 1 - shownColumns, column);
  return settle(
    { ...view, left: hourUnder(columns, Math.max(0, left)), top: clamp(topRow, row + 1 - shownRows, row) },
    scene,
  );
}

/** The cell at a position on the canvas; null outside all cells. */
export function hitTest(layout: Layout, rows: number, x: number, y: number): Hit | null {
  const row = Math.floor(layout.topRow + y / layout.rowPx);
  const column = Math.floor(layout.leftColumn + x / layout.columnPx);
  if (row < 0 || row >= rows || column < 0 || column >= layout.columns.count) return null;
  const { starts } = layout.columns;
  return { row, column, hour: starts[column] ?? 0, endHour: starts[column + 1] ?? 0 };
}

/** The position of an hour's left edge on the canvas. */
export function xOf(layout: Layout, hour: number): number {
  return (columnAt(layout.columns, hour) - layout.leftColumn) * layout.columnPx;
}

function settle(view: View, scene: Scene): View {
  const { columns, leftColumn, topRow } = layOut(view, scene);
  const span = view.span === null || view.span >= scene.hours.count ? null : view.span;
  return { left: hourUnder(columns, leftColumn), span, top: topRow };
}

function clampSpan(span: number, { hours }: Scene): number {
  return clamp(span, Math.min(narrowestSpan, hours.count), Math.max(1, hours.count));
}

/** All rows fit while all hours do, and rows grow with the columns until they are legible. At least one pixel. */
function rowHeight(hourPx: number, { widthPx, heightPx, rows, hours }: Scene): number {
  const fitRowPx = clamp(heightPx / Math.max(1, rows), 1, readableRowPx);
  const fitHourPx = widthPx / Math.max(1, hours.count);
  if (fitHourPx >= readableColumnPx) return readableRowPx;
  const grown = clamp(Math.log(hourPx / fitHourPx) / Math.log(readableColumnPx / fitHourPx), 0, 1);
  return fitRowPx * (readableRowPx / fitRowPx) ** grown;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
