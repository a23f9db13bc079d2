import { type Columns, inkColumns, inks as inkNumbers, stateInk } from "#domain/matrix.ts";
import type { Palette } from "./palette.ts";

/** One pixel per cell, to be drawn at any size; and the inks behind the pixels. */
export interface CellImage {
  columns: Columns;
  rows: readonly number[];
  /** The ink of each visible row and column, row by row. */
  inks: Uint8Array;
  /** Indices in `inks` of isolated troubled cells: thinner than a few pixels they would be overlooked. */
  specks: Int32Array;
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
  return { columns, rows, inks, specks: findSpecks(inks, columns.count), canvas };
}

const troubled = new Set([
  ...(["late", "incomplete", "overcounted", "unverified"] as const).map(stateInk),
  inkNumbers.deepLate,
  inkNumbers.missed,
  inkNumbers.step + 5,
]);
const isTroubled = Uint8Array.from({ length: 256 }, (_, ink) => Number(troubled.has(ink)));
/** More than that are not specks but a storm, which stands out by itself. */
const mostSpecks = 4000;

function findSpecks(inks: Uint8Array, columns: number): Int32Array {
  const specks: number[] = [];
  for (let index = 0; index < inks.length && specks.length < mostSpecks; index += 1) {
    if (!isTroubled[inks[index] ?? 0]) continue;
    const around = [index - 1, index + 1, index - columns, index + columns];
    if (!around.some((each) => isTroubled[inks[each] ?? 0])) specks.push(index);
  }
  return Int32Array.from(specks);
}
