import { isAccepted, isAmended, readStateLetter, stateOf, toStateCode, toStateLetter } from "./matrix/codes.ts";
import type { VerdictState } from "./verdict.ts";

/** One hour of a type as drawn in a strip. */
export interface StripHour {
  state: VerdictState;
  amended: boolean;
  /** Its owner accepted it as it is. */
  accepted: boolean;
  /** null: not closed. */
  closingDelaySeconds: number | null;
  /** As of a verdict: false also while not closed past the deadline; null: not closed, and the deadline is ahead. */
  deadlineMet: boolean | null;
}

/**
 * One letter per hour (see domain/matrix/codes.ts); the closing delays in whole seconds, and the indexes of the hours that closed after their
 * deadline, separated by commas.
 */
export interface StripText {
  states: string;
  delays: string;
  missed: string;
}

/** Delays are cut to seconds: they are shown in minutes. */
export function encodeStrip(hours: readonly (StripHour | null)[]): StripText {
  let states = "";
  const delays: (number | "")[] = [];
  const missed: number[] = [];
  for (const [index, hour] of hours.entries()) {
    states += toStateLetter(toStateCode(hour?.state ?? null, hour?.amended ?? false, hour?.accepted));
    delays.push(hour?.closingDelaySeconds == null ? "" : Math.floor(hour.closingDelaySeconds));
    if (hour?.deadlineMet === false && hour.closingDelaySeconds !== null) missed.push(index);
  }
  return { states, delays: delays.join(","), missed: missed.join(",") };
}

/** An hour with an unknown letter, from a newer server, has no verdict. */
export function decodeStrip({ states, delays, missed }: StripText): (StripHour | null)[] {
  const seconds = delays.split(",");
  const late = new Set(missed.split(","));
  return Array.from(states, (letter, index) => {
    const code = readStateLetter(letter.charCodeAt(0));
    const state = stateOf(code);
    if (state === null) return null;
    const delay = seconds[index];
    const deadlineMet = late.has(String(index)) || state === "late" ? false : delay ? true : null;
    return {
      state,
      amended: isAmended(code),
      accepted: isAccepted(code),
      closingDelaySeconds: delay ? Number(delay) : null,
      deadlineMet,
    };
  });
}
