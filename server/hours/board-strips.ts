import { isAmended, readStateLetter, stateOf, toStateCode } from "#domain/matrix.ts";
import type { StripHour } from "#domain/strip.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { BoardHourCells, BoardType } from "./load-board.ts";

const hourMs = 3_600_000;

/** The last hours of every type, row by row: 12,000 cells as objects would cost more than all the rest of a board. */
export class BoardStrips {
  readonly #hours: readonly number[];
  /** State codes of `domain/matrix`; 0: no verdict. */
  readonly #codes: Uint8Array;
  /** NaN: not closed. */
  readonly #delays: Float64Array;

  /** `hours`: their starts in milliseconds. States are moved on by the time that has passed since they were stored. */
  constructor(types: readonly BoardType[], hours: readonly number[], cells: readonly BoardHourCells[], nowMs: number) {
    this.#hours = hours;
    this.#codes = new Uint8Array(types.length * hours.length);
    this.#delays = new Float64Array(types.length * hours.length).fill(Number.NaN);
    const rowOf = new Map(types.map(({ id }, row) => [id, row]));
    for (const hour of cells) this.#fill(hour, types, rowOf, nowMs);
  }

  #fill(hour: BoardHourCells, types: readonly BoardType[], rowOf: ReadonlyMap<number, number>, nowMs: number): void {
    const column = this.#hours.indexOf(hour.ms);
    const endMs = hour.ms + hourMs;
    const closings = hour.closings.split(",");
    for (const [index, id] of hour.ids.split(",").entries()) {
      const row = rowOf.get(Number(id));
      const type = row === undefined ? undefined : types[row];
      if (row === undefined || !type || hour.ms < type.activeFromMs) continue;
      if (type.activeToMs !== null && hour.ms >= type.activeToMs) continue;
      const cell = row * this.#hours.length + column;
      const closing = closings[index];
      const delay = closing ? (Number(closing) - hourMs) / 1000 : Number.NaN;
      this.#delays[cell] = delay;
      const code = readStateLetter(hour.states.charCodeAt(index));
      this.#codes[cell] = codeByNow(code, delay, endMs, endMs + type.deadlineSeconds * 1000, nowMs);
    }
  }

  /** The states of a type's hours, oldest first; null where there is no verdict. */
  statesOf(row: number): (VerdictState | null)[] {
    return this.#hours.map((_, column) => stateOf(this.#codes[row * this.#hours.length + column] ?? 0));
  }

  stripOf(row: number): (StripHour | null)[] {
    return this.#hours.map((_, column) => {
      const cell = row * this.#hours.length + column;
      const code = this.#codes[cell] ?? 0;
      const state = stateOf(code);
      const delay = this.#delays[cell] ?? Number.NaN;
      return state && { state, amended: isAmended(code), closingDelaySeconds: Number.isNaN(delay) ? null : delay };
    });
  }
}

/** The stored state, moved on by the time that has passed since: the evaluate worker follows within moments. */
function codeByNow(code: number, delay: number, endMs: number, deadlineMs: number, nowMs: number): number {
  const state = stateOf(code);
  const waits = (state === "open" && nowMs >= endMs) || state === "closing";
  if (!waits) return code;
  const now = Number.isNaN(delay) ? (nowMs > deadlineMs ? "late" : "closing") : "verifying";
  return now === state ? code : toStateCode(now, isAmended(code));
}
