import { verdictStates } from "../verdict.ts";
import { isAmended, isMissedCode, ratioSteps, readDelayCode, readRatioCode, stateOf } from "./codes.ts";
import type { Columns, Days } from "./columns.ts";
import type { Matrix } from "./matrix.ts";

export const colourings = ["state", "delay", "lost", "duplicated", "skewed"] as const;
export type Colouring = (typeof colourings)[number];

/*
 * A cell's colour, as a small number. States have their own inks; a figure has six steps from none to grave.
 *
 *   0            no verdict
 *   1 … 8        the states in the order of verdictStates
 *   9            late for more than a day
 *   10 … 15      a figure's steps
 *   16           the figure is not known
 *   17           complete, but closed after its deadline
 */
export const inks = { none: 0, deepLate: 9, step: 10, unknown: 16, missed: 17 } as const;
export const inkCount = 18;
const deepAfterHours = 24;

export function stateInk(state: (typeof verdictStates)[number]): number {
  return verdictStates.indexOf(state) + 1;
}

const ink = Object.fromEntries(verdictStates.map((state) => [state, stateInk(state)])) as Record<
  (typeof verdictStates)[number],
  number
>;

/** The upper ends of the steps 1 to 4 of a ratio; for a delay, as shares of its deadline. Anything above is step 5. */
const ratioBounds = [0.00001, 0.0001, 0.001, 0.01] as const;
const delayBounds = [0.25, 0.5, 0.75, 1] as const;

/** 0: nothing. */
export function ratioStep(ratio: number): number {
  return ratio <= 0 ? 0 : 1 + stepsPassed(ratio, ratioBounds);
}

/** 5: past the deadline. */
export function delayStep(seconds: number, deadlineSeconds: number): number {
  return seconds < 60 ? 0 : 1 + stepsPassed(seconds / deadlineSeconds, delayBounds);
}

function stepsPassed(value: number, bounds: readonly number[]): number {
  return bounds.filter((bound) => value > bound).length;
}

/** How long an open hour has been over, in seconds; negative while it runs. */
export function waitedSeconds(matrix: Pick<Matrix, "from">, hour: number, asOfMs: number): number {
  return (asOfMs - matrix.from.getTime()) / 1000 - (hour + 1) * 3600;
}

/** The ink of every cell, row by row. */
export function inkMatrix(matrix: Matrix, colouring: Colouring, asOfMs: number): Uint8Array {
  return colouring === "state"
    ? inkStates(matrix, asOfMs)
    : colouring === "delay"
      ? inkDelays(matrix, asOfMs)
      : inkRatios(matrix, colouring);
}

function inkStates({ states, delays, hours, types, from }: Matrix, asOfMs: number): Uint8Array {
  const result = new Uint8Array(states.length);
  const deepBefore = (asOfMs - from.getTime()) / 3_600_000 - 1 - deepAfterHours;
  const missedByDeadline = perDeadline((deadlineSeconds) => codes.map((code) => isMissedCode(code, deadlineSeconds)));
  for (const [row, { deadlineSeconds }] of types.entries()) {
    const missed = missedByDeadline(deadlineSeconds);
    for (let hour = 0; hour < hours; hour += 1) {
      const cell = row * hours + hour;
      const code = (states[cell] ?? 0) & 15;
      const isDeep = code === ink.late && hour <= deepBefore;
      const isMissed = code === ink.complete && missed[delays[cell] ?? 0] === true;
      result[cell] = isDeep ? inks.deepLate : isMissed ? inks.missed : code;
    }
  }
  return result;
}

const codes = Array.from({ length: 256 }, (_, code) => code);

/** A table for each deadline, made once: many types have the same. */
function perDeadline<Table>(make: (deadlineSeconds: number) => Table): (deadlineSeconds: number) => Table {
  const tables = new Map<number, Table>();
  return (deadlineSeconds) => {
    const table = tables.get(deadlineSeconds) ?? make(deadlineSeconds);
    tables.set(deadlineSeconds, table);
    return table;
  };
}

/** An hour that is not closed counts with its wait so far. */
function inkDelays(matrix: Matrix, asOfMs: number): Uint8Array {
  const { states, delays, hours } = matrix;
  const result = new Uint8Array(states.length);
  const stepsByDeadline = perDeadline((deadlineSeconds) =>
    codes.map((code) => delayStep(readDelayCode(code) ?? 0, deadlineSeconds)),
  );
  for (const [row, { deadlineSeconds }] of matrix.types.entries()) {
    const steps = stepsByDeadline(deadlineSeconds);
    for (let hour = 0; hour < hours; hour += 1) {
      const cell = row * hours + hour;
      const state = (states[cell] ?? 0) & 15;
      const code = delays[cell] ?? 0;
      if (state === 0 || state === ink.open) result[cell] = state;
      else if (code > 0) result[cell] = inks.step + (steps[code] ?? 0);
      else result[cell] = inks.step + delayStep(waitedSeconds(matrix, hour, asOfMs), deadlineSeconds);
    }
  }
  return result;
}

/** The figure of an hour that is not closed, or whose produced counts are unknown, is not known yet. */
function inkRatios({ states, ...matrix }: Matrix, figure: "lost" | "duplicated" | "skewed"): Uint8Array {
  const result = new Uint8Array(states.length);
  const steps = codes.map((code) => ratioStep(readRatioCode(code, ratioSteps[figure])));
  const cells = matrix[figure];
  for (let cell = 0; cell < states.length; cell += 1) {
    const state = (states[cell] ?? 0) & 15;
    if (state === 0 || state === ink.open) result[cell] = state;
    else if (state === ink.late || state === ink.closing) result[cell] = inks.unknown;
    else if (state === ink.unverified && figure !== "skewed") result[cell] = inks.unknown;
    else result[cell] = inks.step + (steps[cells[cell] ?? 0] ?? 0);
  }
  return result;
}

/** The ink shown for several hours: the first of these that occurs, worst first. */
const worstFirst = [
  inks.deepLate,
  ink.late,
  ink.incomplete,
  ink.overcounted,
  inks.step + 5,
  inks.step + 4,
  inks.step + 3,
  ink.unverified,
  inks.unknown,
  inks.missed,
  ink.closing,
  ink.verifying,
  inks.step + 2,
  ink.open,
  inks.step + 1,
  ink.complete,
  inks.step,
  inks.none,
];
const gravity = Uint8Array.from({ length: inkCount }, (_, each) => inkCount - worstFirst.indexOf(each));

/** Nothing to look at: complete, none or hardly any of it, or no verdict at all. */
function isCalm(each: number): boolean {
  return (gravity[each] ?? 0) <= (gravity[inks.step + 1] ?? 0) && each !== ink.open;
}

/**
 * A row's weight: the more and the graver its troubled hours, the higher it is sorted. Hours that are complete by now, however many missed
 * their deadline, weigh less than a single one whose trouble lasts.
 */
export function weighRow(cells: Uint8Array): number {
  let [weight, missed] = [0, 0];
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (cells[cell] === inks.missed) missed += 1;
    else weight += weights[cells[cell] ?? 0] ?? 0;
  }
  return missed === 0 ? weight : weight + missedWeight + Math.min(missed, mostMissed);
}

/** Together below the lightest lasting trouble, an unverified hour. */
const mostMissed = 30;
const missedWeight = (gravity[ink.unverified] ?? 0) ** 3 - mostMissed - 1;

const weights = Float64Array.from(gravity, (grave, each) => (isCalm(each) || each === ink.open ? 0 : grave ** 3));

/** The ink of each visible row and column: the worst of its hours. */
export function inkColumns(cells: Uint8Array, hours: number, rows: readonly number[], columns: Columns): Uint8Array {
  const result = new Uint8Array(rows.length * columns.count);
  let at = 0;
  for (const row of rows) {
    for (let column = 0; column < columns.count; column += 1, at += 1) {
      const start = row * hours + (columns.starts[column] ?? 0);
      const end = row * hours + (columns.starts[column + 1] ?? 0);
      let worst = cells[start] ?? 0;
      for (let cell = start + 1; cell < end; cell += 1) {
        const each = cells[cell] ?? 0;
        if ((gravity[each] ?? 0) > (gravity[worst] ?? 0)) worst = each;
      }
      result[at] = worst;
    }
  }
  return result;
}

/** Days in which no visible row has anything to look at. */
export function findCalmDays(cells: Uint8Array, hours: number, rows: readonly number[], days: Days): boolean[] {
  return Array.from({ length: days.count }, (_, day) => {
    const [start, end] = [days.starts[day] ?? 0, days.starts[day + 1] ?? 0];
    return rows.every((row) => cells.subarray(row * hours + start, row * hours + end).every(isCalm));
  });
}

/** A selection's content: the number of cells in each state, how many were amended, and how many closed after their deadline. */
export function countStates(matrix: Matrix, rows: readonly number[], first: number, end: number) {
  const counts = new Map<string, number>();
  let [amended, missed] = [0, 0];
  for (const row of rows) {
    const deadlineSeconds = matrix.types[row]?.deadlineSeconds ?? 0;
    for (let hour = first; hour < end; hour += 1) {
      const code = matrix.states[row * matrix.hours + hour] ?? 0;
      const state = stateOf(code);
      if (state) counts.set(state, (counts.get(state) ?? 0) + 1);
      if (isAmended(code)) amended += 1;
      if (state && isMissedCode(matrix.delays[row * matrix.hours + hour] ?? 0, deadlineSeconds)) missed += 1;
    }
  }
  return { counts, amended, missed };
}
