import { isDeadlineMet } from "#domain/deadline.ts";
import { isAccepted, isAmended, readStateLetter, stateOf, toStateCode } from "#domain/matrix.ts";
import { encodeStrip, type StripHour, type StripText } from "#domain/strip.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { BoardHourCells, BoardType } from "./load-board.ts";

const hourMs = 3_600_000;

/** A type's last hours as stored. Numbers, not objects: 10,000 types have 240,000 cells. */
export interface StoredStrip {
  /** State codes of `domain/matrix`; 0: no verdict. */
  readonly codes: Uint8Array;
  /** Closing delays in seconds; NaN: not closed. */
  readonly delays: Float64Array;
}

export function emptyStrip(hours: number): StoredStrip {
  return { codes: new Uint8Array(hours), delays: new Float64Array(hours).fill(Number.NaN) };
}

/** These types' cells by type id, including types without a verdict in any hour. `hours`: starts in milliseconds. */
export function storedStrips(
  types: ReadonlyMap<number, BoardType>,
  hours: readonly number[],
  cells: readonly BoardHourCells[],
): Map<number, StoredStrip> {
  const strips = new Map([...types.keys()].map((id) => [id, emptyStrip(hours.length)]));
  for (const { ms, ids, states, closings } of cells) {
    const column = hours.indexOf(ms);
    const closingOf = closings.split(",");
    for (const [index, text] of ids.split(",").entries()) {
      const id = Number(text);
      const [type, strip] = [types.get(id), strips.get(id)];
      if (!type || !strip || ms < type.activeFromMs) continue;
      if (type.activeToMs !== null && ms >= type.activeToMs) continue;
      const closing = closingOf[index];
      strip.codes[column] = readStateLetter(states.charCodeAt(index));
      strip.delays[column] = closing ? (Number(closing) - hourMs) / 1000 : Number.NaN;
    }
  }
  return strips;
}

/** A type's last hours at a moment: stored states, updated for the time since they were written. */
export class TypeStrip {
  readonly #codes: Uint8Array;
  readonly #delays: Float64Array;
  readonly #deadlineSeconds: number;
  /** The next moment in milliseconds at which time alone changes one of its states; Infinity: never. */
  readonly untilMs: number;
  #text: StripText | null = null;

  constructor(stored: StoredStrip, { hours, deadlineSeconds, nowMs }: StripMoment) {
    this.#delays = stored.delays;
    this.#deadlineSeconds = deadlineSeconds;
    this.#codes = Uint8Array.from(stored.codes);
    let untilMs = Number.POSITIVE_INFINITY;
    for (const [column, startMs] of hours.entries()) {
      const endMs = startMs + hourMs;
      const deadlineMs = endMs + deadlineSeconds * 1000;
      const code = stored.codes[column] ?? 0;
      this.#codes[column] = codeByNow(code, stored.delays[column] ?? Number.NaN, endMs, deadlineMs, nowMs);
      if (!waits(stateOf(code))) continue;
      // Late strictly after the deadline: instants have milliseconds.
      for (const changesMs of [endMs, deadlineMs + 1]) if (changesMs > nowMs) untilMs = Math.min(untilMs, changesMs);
    }
    this.untilMs = untilMs;
  }

  /** Oldest first; null without a verdict. */
  states(): (VerdictState | null)[] {
    return Array.from(this.#codes, stateOf);
  }

  /** States that indicate a problem, without accepted hours. */
  troubledStates(): VerdictState[] {
    return [...this.#codes].flatMap((code) => {
      const state = stateOf(code);
      return state === null || state === "complete" || isAccepted(code) ? [] : [state];
    });
  }

  hours(): (StripHour | null)[] {
    return Array.from(this.#codes, (code, column) => {
      const state = stateOf(code);
      const delay = this.#delays[column] ?? Number.NaN;
      const marks = { amended: isAmended(code), accepted: isAccepted(code) };
      const closingDelaySeconds = Number.isNaN(delay) ? null : delay;
      return (
        state && { state, ...marks, closingDelaySeconds, deadlineMet: this.#deadlineMet(state, closingDelaySeconds) }
      );
    });
  }

  /** Hours that closed after their deadline. */
  missedDeadlines(): number {
    let missed = 0;
    for (const [column, delay] of this.#delays.entries()) {
      const isClosed = this.#codes[column] !== 0 && !Number.isNaN(delay);
      if (isClosed && isDeadlineMet(delay, this.#deadlineSeconds, 0) === false) missed += 1;
    }
    return missed;
  }

  // The states are as of now: an hour that is not closed has missed its deadline when it is late.
  #deadlineMet(state: VerdictState, delay: number | null): boolean | null {
    return isDeadlineMet(delay, this.#deadlineSeconds, state === "late" ? Number.POSITIVE_INFINITY : 0);
  }

  text(): StripText {
    this.#text ??= encodeStrip(this.hours());
    return this.#text;
  }
}

export interface StripMoment {
  /** Starts of the strip's hours in milliseconds. */
  hours: readonly number[];
  deadlineSeconds: number;
  nowMs: number;
}

function waits(state: VerdictState | null): boolean {
  return state === "open" || state === "closing";
}

/** The evaluate worker lags by moments: meanwhile the board shows the state it is about to write. */
function codeByNow(code: number, delay: number, endMs: number, deadlineMs: number, nowMs: number): number {
  const state = stateOf(code);
  if (state === "open" ? nowMs < endMs : state !== "closing") return code;
  const now = Number.isNaN(delay) ? (nowMs > deadlineMs ? "late" : "closing") : "verifying";
  return now === state ? code : toStateCode(now, isAmended(code), isAccepted(code));
}
