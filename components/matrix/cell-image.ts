import { type Columns, inkColumns } from "#domain/matrix.ts";
import type { Palette } from "./palette.ts";

/** One pixel a cell, to be drawn at any size; and the inks behind the pixels. */
export interface CellImage {
  columns: Columns;
  rows: readonly number[];
  /** The ink of each shown row and column, a row after the other. */
  inks: Uint8Array;
  canvas: HTMLCanvasElement;
}

export function makeCellImage(
  cells: Uint8Array,
  hours: number,
  rows: readonly number[],
  columns: Columns,
  palette: Palette,
): CellImage {
  const inks = inkColumns(cells, hours, rows, columns);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, columns.count);
  canvas.height = Math.max(1, rows.length);
  const context = canvas.getContext("2d");
  if (context && inks.length > 0) {
    const image = context.createImageData(canvas.width, canvas.height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let at = 0; at < inks.length; at += 1) pixels[at] = palette.pixels[inks[at] ?? 0] ?? 0;
    context.putImageData(image, 0, 0);
  }
  return { columns, rows, inks, canvas };
}
