import type { MatrixJson, MatrixType } from "../api/matrix.ts";
import { addHours, formatHour, type Hour, parseHour } from "../hour.ts";
import { readStateLetter, toCharacter, toCode, toStateLetter } from "./codes.ts";

/** A figure of every cell as its code (see codes.ts), row by row. */
export interface MatrixCells {
  states: Uint8Array;
  delays: Uint8Array;
  lost: Uint8Array;
  duplicated: Uint8Array;
  skewed: Uint8Array;
}

/** Types × hours. The cell of row r and hour h is at r × hours + h. */
export interface Matrix extends MatrixCells {
  from: Hour;
  hours: number;
  types: MatrixType[];
}

/** Longer than any quarter. */
export const longestMatrixHours = 93 * 24;

export function emptyMatrix(from: Hour, hours: number, types: MatrixType[]): Matrix {
  const bytes = () => new Uint8Array(hours * types.length);
  return { from, hours, types, states: bytes(), delays: bytes(), lost: bytes(), duplicated: bytes(), skewed: bytes() };
}

const figures = ["delays", "lost", "duplicated", "skewed"] as const;

/** The API's answer. A figure that no hour of a type has is an empty text. */
export function encodeMatrix(matrix: Matrix): Omit<MatrixJson, "asOf"> {
  const { hours, types } = matrix;
  const write = (cells: Uint8Array, writeRow: (cells: Uint8Array) => string) =>
    types.map((_, row) => writeRow(cells.subarray(row * hours, (row + 1) * hours)));
  return {
    from: formatHour(matrix.from),
    hours,
    types,
    states: write(matrix.states, (cells) => writeAll(cells, toStateLetter)),
    delays: write(matrix.delays, writeFigure),
    lost: write(matrix.lost, writeFigure),
    duplicated: write(matrix.duplicated, writeFigure),
    skewed: write(matrix.skewed, writeFigure),
  };
}

export function decodeMatrix(json: Omit<MatrixJson, "asOf">): Matrix {
  const from = parseHour(json.from);
  if (!from) throw new Error(`Matrix: "${json.from}" is not a valid hour.`);
  const matrix = emptyMatrix(from, json.hours, json.types);
  for (const row of json.types.keys()) {
    const at = row * json.hours;
    readStates(matrix.states, at, json.states[row] ?? "", json.hours);
    for (const figure of figures) readFigure(matrix[figure], at, json[figure][row] ?? "", json.hours);
  }
  return matrix;
}

/** Merges a later answer for the last hours into the whole; types that only one of them has are kept. */
export function mergeRecent(whole: Matrix, recent: Matrix): Matrix {
  const offset = (recent.from.getTime() - whole.from.getTime()) / 3_600_000;
  const rowOf = new Map(recent.types.map((type, row) => [type.eventType, row]));
  const types = whole.types.map((type) => withTroublesOf(type, recent.types[rowOf.get(type.eventType) ?? -1]));
  const merged = { ...whole, types };
  for (const figure of ["states", ...figures] as const) {
    const cells = whole[figure].slice();
    for (const [row, { eventType }] of types.entries()) {
      const later = rowOf.get(eventType);
      if (later === undefined) continue;
      for (let hour = Math.max(0, offset); hour < Math.min(whole.hours, offset + recent.hours); hour += 1) {
        cells[row * whole.hours + hour] = recent[figure][later * recent.hours + hour - offset] ?? 0;
      }
    }
    merged[figure] = cells;
  }
  return merged;
}

/** The start of a column's hour. */
export function hourAt(matrix: Pick<Matrix, "from">, hour: number): Hour {
  return addHours(matrix.from, hour);
}

/** The index of an hour by its name, also of one outside. */
export function indexOfHour(matrix: Pick<Matrix, "from">, hour: string): number {
  return Math.round((Date.parse(`${hour}:00:00Z`) - matrix.from.getTime()) / 3_600_000);
}

function withTroublesOf(type: MatrixType, later: MatrixType | undefined): MatrixType {
  if (!later) return type;
  return { ...later, troubledBy: [...new Set([...type.troubledBy, ...later.troubledBy])].sort() };
}

function writeFigure(codes: Uint8Array): string {
  return codes.some((code) => code > 0) ? writeAll(codes, toCharacter) : "";
}

function writeAll(codes: Uint8Array, write: (code: number) => string): string {
  let text = "";
  for (const code of codes) text += write(code);
  return text;
}

// A month is two million characters, parsed before the first cell can be drawn: two plain loops are several times as fast
// as one with a callback.

function readStates(cells: Uint8Array, at: number, text: string, hours: number): void {
  const length = Math.min(text.length, hours);
  for (let hour = 0; hour < length; hour += 1) cells[at + hour] = stateOfLetter[text.charCodeAt(hour)] ?? 0;
}

function readFigure(cells: Uint8Array, at: number, text: string, hours: number): void {
  const length = Math.min(text.length, hours);
  for (let hour = 0; hour < length; hour += 1) cells[at + hour] = toCode(text.charCodeAt(hour));
}

const stateOfLetter = Uint8Array.from({ length: 128 }, (_, point) => readStateLetter(point));
