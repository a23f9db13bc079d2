import { formatDuration } from "#components/ui/duration.ts";
import { formatCount, formatCountOf, formatShare } from "#components/ui/number-format.ts";
import { formatHour } from "#domain/hour.ts";
import {
  countStates,
  hourAt,
  isAccepted,
  isAmended,
  isMissedCode,
  type Matrix,
  ratioSteps,
  readDelayCode,
  readRatioCode,
  stateOf,
  waitedSeconds,
} from "#domain/matrix.ts";
import type { VerdictState } from "#domain/verdict.ts";

/** Hours of one type in one column: an hour, or a day. */
export interface Place {
  row: number;
  hour: number;
  endHour: number;
}

export interface CellWords {
  /** "EndSong 2026-11-20T11". */
  title: string;
  /** null: a day, or an hour without a verdict. */
  state: VerdictState | null;
  amended: boolean;
  /** How many of its hours closed after their deadline. */
  missed: number;
  /** Further details, each a short phrase. */
  facts: string[];
}

/** A cell in words. Figures are transferred rounded, so they are "about". */
export function describeCell(matrix: Matrix, place: Place, asOfMs: number): CellWords {
  const name = matrix.types[place.row]?.eventType ?? "";
  const hour = formatHour(hourAt(matrix, place.hour));
  if (place.endHour - place.hour > 1) return describeDay(matrix, place, `${name} ${hour.slice(0, 10)}`);
  const cell = place.row * matrix.hours + place.hour;
  const code = matrix.states[cell] ?? 0;
  const state = stateOf(code);
  if (!state)
    return { title: `${name} ${hour}`, state, amended: false, missed: 0, facts: ["no verdict: not active then"] };
  return {
    title: `${name} ${hour}`,
    state,
    amended: isAmended(code),
    missed: countStates(matrix, [place.row], place.hour, place.endHour).missed,
    facts: [
      ...(isAccepted(code) ? ["accepted"] : []),
      describeClosing(matrix, place, state, asOfMs),
      ...describeRatios(matrix, cell, state),
    ],
  };
}

/** The same as one sentence, for screen readers. */
export function sayCell(words: CellWords): string {
  const state = words.state ? [`${words.state}${words.amended ? ", amended" : ""}`] : [];
  return `${words.title}: ${[...state, ...words.facts].join(", ")}.`;
}

/** "38 complete, 1 late". */
export function sayCounts(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return sorted.map(([state, count]) => `${formatCount(count)} ${state}`).join(", ") || "no verdict";
}

/** "2 closed after their deadline". */
export function sayMissed(missed: number): string {
  return `${formatCount(missed)} closed after ${missed === 1 ? "its" : "their"} deadline`;
}

function describeDay(matrix: Matrix, { row, hour, endHour }: Place, title: string): CellWords {
  const { counts, amended, missed } = countStates(matrix, [row], hour, endHour);
  const facts = [`${formatCountOf(endHour - hour, "hour")}: ${sayCounts(counts)}`];
  if (missed > 0) facts.push(sayMissed(missed));
  if (amended > 0) facts.push(`${amended} amended`);
  return { title, state: null, amended: false, missed, facts };
}

function describeClosing(matrix: Matrix, { row, hour }: Place, state: VerdictState, asOfMs: number): string {
  const deadline = matrix.types[row]?.deadlineSeconds ?? 0;
  const seconds = readDelayCode(matrix.delays[row * matrix.hours + hour] ?? 0);
  if (seconds !== null) {
    const isMissed = isMissedCode(matrix.delays[row * matrix.hours + hour] ?? 0, deadline);
    return `closed about ${formatDuration(seconds)} after its end, ${isMissed ? "deadline missed" : "within the deadline"}`;
  }
  if (state === "open") return "not ended";
  return `not closed for ${formatDuration(waitedSeconds(matrix, hour, asOfMs))} after its end`;
}

function describeRatios(matrix: Matrix, cell: number, state: VerdictState): string[] {
  if (state === "open" || state === "closing" || state === "late") return [];
  const ratio = (figure: keyof typeof ratioSteps) => readRatioCode(matrix[figure][cell] ?? 0, ratioSteps[figure]);
  const facts: string[] = state === "unverified" ? ["loss unknown"] : [];
  if (ratio("lost") > 0) facts.push(`lost about ${about(ratio("lost"))}`);
  if (ratio("duplicated") > 0) facts.push(`duplicated about ${about(ratio("duplicated"))}`);
  if (ratio("skewed") > 0) facts.push(`skew about ${about(ratio("skewed"))}`);
  return facts;
}

/** To one significant figure: more is not known. */
function about(ratio: number): string {
  return formatShare(Number(ratio.toPrecision(1)));
}
