import { type Days, isAmended, isMissedCode, type Layout, type Matrix, xOf } from "#domain/matrix.ts";
import type { CellImage } from "./cell-image.ts";
import type { Place } from "./cell-words.ts";
import { paintMarks } from "./paint-marks.ts";
import type { Palette } from "./palette.ts";

export interface Painting {
  matrix: Matrix;
  image: CellImage;
  layout: Layout;
  days: Days;
  palette: Palette;
  /** By their index among the visible rows. */
  cursor: Place | null;
  hover: Place | null;
  selection: { first: number; end: number } | null;
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
}

const gapsFromPx = 4;
const speckPx = 3;

/** Draws what is in view: one scaled picture of all cells, and over it the details that fit. */
export function paintMatrix(context: CanvasRenderingContext2D, painting: Painting): void {
  const { layout, image, palette, width, height, ratio } = painting;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, width, height);
  if (image.rows.length === 0) return;
  paintCells(context, painting);
  paintSpecks(context, painting);
  paintGaps(context, painting);
  const marked = {
    isAmended: (row: number, column: number) => hasHour(painting, row, column, ({ state }) => isAmended(state)),
    isMissed: (row: number, column: number) =>
      hasHour(painting, row, column, ({ delay, deadlineSeconds }) => isMissedCode(delay, deadlineSeconds)),
  };
  paintMarks(context, image, layout, palette, marked, painting);
  paintDays(context, painting);
  paintSelection(context, painting);
  if (painting.hover) outline(context, painting, painting.hover, palette.text, 1);
  if (painting.cursor) outline(context, painting, painting.cursor, palette.focus, 2);
}

function paintCells(context: CanvasRenderingContext2D, { layout, image, width, height }: Painting): void {
  const { leftColumn, topRow, columnPx, rowPx } = layout;
  const columns = Math.min(image.columns.count - leftColumn, width / columnPx);
  const rows = Math.min(image.rows.length - topRow, height / rowPx);
  context.imageSmoothingEnabled = false;
  context.drawImage(image.canvas, leftColumn, topRow, columns, rows, 0, 0, columns * columnPx, rows * rowPx);
}

/** A lone troubled cell is never drawn too small to see. */
function paintSpecks(context: CanvasRenderingContext2D, { layout, image, palette, width, height }: Painting): void {
  const { leftColumn, topRow, columnPx, rowPx } = layout;
  if (columnPx >= speckPx && rowPx >= speckPx) return;
  const [speckWidth, speckHeight] = [Math.max(columnPx, speckPx), Math.max(rowPx, speckPx)];
  const { count } = image.columns;
  for (const index of image.specks) {
    const x = ((index % count) - leftColumn) * columnPx;
    const y = (Math.floor(index / count) - topRow) * rowPx;
    if (x < -speckPx || x > width || y < -speckPx || y > height) continue;
    context.fillStyle = palette.inks[image.inks[index] ?? 0] ?? palette.text;
    context.fillRect(x, y, speckWidth, speckHeight);
  }
}

function paintGaps(context: CanvasRenderingContext2D, { layout, palette, width, height, image }: Painting): void {
  const { leftColumn, topRow, columnPx, rowPx } = layout;
  context.fillStyle = palette.surface;
  if (columnPx >= gapsFromPx) {
    for (let column = Math.ceil(leftColumn); (column - leftColumn) * columnPx <= width; column += 1) {
      context.fillRect((column - leftColumn) * columnPx - 1, 0, 1, height);
    }
  }
  if (rowPx >= gapsFromPx) {
    for (let row = Math.ceil(topRow); row <= image.rows.length && (row - topRow) * rowPx <= height; row += 1) {
      context.fillRect(0, (row - topRow) * rowPx - 1, width, 1);
    }
  }
}

/** A line where a day begins, once days are wide enough that it does not hide them. */
function paintDays(context: CanvasRenderingContext2D, { layout, days, palette, width, height, image }: Painting): void {
  const bottom = Math.min(height, (image.rows.length - layout.topRow) * layout.rowPx);
  context.fillStyle = palette.muted;
  for (let day = 1; day < days.count; day += 1) {
    const start = days.starts[day] ?? 0;
    const x = xOf(layout, start);
    if (x <= 0 || x >= width || xOf(layout, days.starts[day + 1] ?? start) - x < 16) continue;
    context.globalAlpha = 0.25;
    context.fillRect(Math.round(x) - 1, 0, 1, bottom);
  }
  context.globalAlpha = 1;
}

function paintSelection(context: CanvasRenderingContext2D, { layout, selection, palette, height }: Painting): void {
  if (!selection) return;
  const left = xOf(layout, selection.first);
  const width = xOf(layout, selection.end) - left;
  context.fillStyle = palette.focus;
  context.globalAlpha = 0.16;
  context.fillRect(left, 0, width, height);
  context.globalAlpha = 1;
  context.fillRect(left - 1, 0, 2, height);
  context.fillRect(left + width - 1, 0, 2, height);
}

/** A frame around a cell, in light and dark so that it is visible on every ink. */
function outline(
  context: CanvasRenderingContext2D,
  { layout, palette }: Painting,
  place: Place,
  colour: string,
  thickness: number,
): void {
  const x = xOf(layout, place.hour);
  const y = (place.row - layout.topRow) * layout.rowPx;
  const width = Math.max(5, xOf(layout, place.endHour) - x);
  const height = Math.max(5, layout.rowPx);
  context.strokeStyle = palette.surface;
  context.lineWidth = thickness + 2;
  context.strokeRect(x - 1, y - 1, width + 1, height + 1);
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.strokeRect(x - 1, y - 1, width + 1, height + 1);
}

/** The codes of one hour. */
interface HourCodes {
  state: number;
  delay: number;
  deadlineSeconds: number;
}

function hasHour(
  { matrix, image: { rows, columns } }: Painting,
  row: number,
  column: number,
  holds: (codes: HourCodes) => boolean,
): boolean {
  const type = rows[row] ?? 0;
  const deadlineSeconds = matrix.types[type]?.deadlineSeconds ?? 0;
  const end = columns.starts[column + 1] ?? 0;
  for (let hour = columns.starts[column] ?? 0; hour < end; hour += 1) {
    const cell = type * matrix.hours + hour;
    if (holds({ state: matrix.states[cell] ?? 0, delay: matrix.delays[cell] ?? 0, deadlineSeconds })) return true;
  }
  return false;
}
