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
}

/** One letter per hour (see domain/matrix/codes.ts), and the closing delays in whole seconds, separated by commas. */
export interface StripText {
  states: string;
  delays: string;
}

/** Delays are cut to seconds: they are shown in minutes. */
export function encodeStrip(hours: readonly (StripHour | null)[]): StripText {
  let states = "";
  const delays: (number | "")[] = [];
  for (const hour of hours) {
    states += toStateLetter(toStateCode(hour?.state ?? null, hour?.amended ?? false, hour?.accepted));
    delays.push(hour?.closingDelaySeconds == null ? "" : Math.floor(hour.closingDelaySeconds));
  }
  return { states, delays: delays.join(",") };
}

/** An hour with an unknown letter, from a newer server, has no verdict. */
export function decodeStrip({ states, delays }: StripText): (StripHour | null)[] {
  const seconds = delays.split(",");
  return Array.from(states, (letter, index) => {
    const code = readStateLetter(letter.charCodeAt(0));
    const state = stateOf(code);
    if (state === null) return null;
    const delay = seconds[index];
    return {
      state,
      amended: isAmended(code),
      accepted: isAccepted(code),
      closingDelaySeconds: delay ? Number(delay) : null,
    };
  });
}
