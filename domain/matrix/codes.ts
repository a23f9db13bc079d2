import { isDeadlineMet } from "../deadline.ts";
import { type VerdictState, verdictStates } from "../verdict.ts";

/*
 * A month of 500 types has 372,000 cells: each figure of a cell is sent as one character, and rows of
 * them compress well. A character stands for a small number, the code:
 *
 *   code      0 … 56    57 … 90    91 and above
 *   character # … [     ] … ~      ¡ and on          (no quote, no backslash: JSON escapes none of them)
 */
const firstPoint = 35;
const pastBackslash = 57;
const pastAscii = 91;

/** Fits a byte: cells are stored as bytes once parsed. */
const largestCode = 255;

export function toCharacter(code: number): string {
  return String.fromCharCode(code + (code < pastBackslash ? firstPoint : code < pastAscii ? 36 : 70));
}

export function toCode(point: number): number {
  return point < 92 ? point - firstPoint : point < 127 ? point - 36 : point - 70;
}

const stateLetters: Record<VerdictState, string> = {
  open: "o",
  late: "l",
  closing: "g",
  complete: "c",
  verifying: "v",
  unverified: "u",
  incomplete: "i",
  overcounted: "x",
};
/** The same for hours that their owner accepted as they are. */
const acceptedLetters: Record<VerdictState, string> = {
  open: "p",
  late: "m",
  closing: "h",
  complete: "d",
  verifying: "w",
  unverified: "t",
  incomplete: "j",
  overcounted: "y",
};
const noVerdict = ".";

/** Set in a cell's state beside its number: the verdict was amended. */
const amendedBit = 16;

/** Likewise: its owner accepted the hour as it is. */
const acceptedBit = 32;

/** A cell's state as a number: 0 if the hour has no verdict. */
export function toStateCode(state: VerdictState | null, amended: boolean, accepted = false): number {
  if (state === null) return 0;
  return (verdictStates.indexOf(state) + 1) | (amended ? amendedBit : 0) | (accepted ? acceptedBit : 0);
}

export function stateOf(code: number): VerdictState | null {
  return verdictStates[(code & ~(amendedBit | acceptedBit)) - 1] ?? null;
}

export function isAmended(code: number): boolean {
  return (code & amendedBit) !== 0;
}

export function isAccepted(code: number): boolean {
  return (code & acceptedBit) !== 0;
}

/** `c` complete, `l` late…: the state's letter, another if the hour is accepted, a capital if the verdict was amended, `.` for none. */
export function toStateLetter(code: number): string {
  const state = stateOf(code);
  if (state === null) return noVerdict;
  const letter = (isAccepted(code) ? acceptedLetters : stateLetters)[state];
  return isAmended(code) ? letter.toUpperCase() : letter;
}

const codesByLetter = new Map(
  verdictStates
    .flatMap((state) =>
      [false, true].flatMap((amended) => [false, true].map((accepted) => toStateCode(state, amended, accepted))),
    )
    .map((code) => [toStateLetter(code).charCodeAt(0), code] as const),
);

/** Unknown letters, from a newer server, count as no verdict. */
export function readStateLetter(point: number): number {
  return codesByLetter.get(point) ?? 0;
}

/**
 * 0: not closed. Else 1 + whole minutes below 8; above, the nearest of 8, 10, 12, 14, 16, 20, 24, 28, 32, 40 … min, four
 * per doubling: within 12 %. Never on the wrong side of the deadline: rounding must not decide whether a promise was kept.
 */
export function toDelayCode(seconds: number | null, deadlineSeconds: number): number {
  if (seconds === null) return 0;
  let code = nearestDelayCode(Math.max(0, seconds) / 60);
  while (code > 1 && seconds <= deadlineSeconds && (readDelayCode(code) ?? 0) > deadlineSeconds) code -= 1;
  while (code < largestCode && seconds > deadlineSeconds && (readDelayCode(code) ?? 0) <= deadlineSeconds) code += 1;
  return code;
}

function nearestDelayCode(minutes: number): number {
  if (minutes < 8) return 1 + Math.floor(minutes);
  const octave = Math.floor(Math.log2(minutes));
  const quarter = Math.round((minutes - 2 ** octave) / 2 ** (octave - 2));
  return Math.min(largestCode, 9 + (octave - 3) * 4 + quarter);
}

/** The delay in seconds that a code stands for; null: not closed. */
export function readDelayCode(code: number): number | null {
  if (code === 0) return null;
  if (code < 9) return (code - 1) * 60;
  return (4 + ((code - 9) % 4)) * 2 ** (1 + Math.floor((code - 9) / 4)) * 60;
}

/** Whether an hour closed after its deadline: the code is on the delay's own side of it. */
export function isMissedCode(code: number, deadlineSeconds: number): boolean {
  return isDeadlineMet(readDelayCode(code), deadlineSeconds, 0) === false;
}

/** Steps per decade: losses and duplicates are rare and finer (within 16 %), skew is common and coarser (within a factor of 1.8). */
export const ratioSteps = { lost: 8, duplicated: 8, skewed: 2 } as const;
const smallestDecade = -9;

/** 0: none at all. Else the nearest step, `steps` per decade, from one in a billion up. */
export function toRatioCode(ratio: number, steps: number): number {
  if (!(ratio > 0)) return 0;
  return Math.min(largestCode, Math.max(1, 1 + Math.round((Math.log10(ratio) - smallestDecade) * steps)));
}

export function readRatioCode(code: number, steps: number): number {
  return code === 0 ? 0 : 10 ** ((code - 1) / steps + smallestDecade);
}
