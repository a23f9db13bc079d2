import { addHours, type Hour } from "./hour.ts";
import type { VerdictState } from "./verdict.ts";

export interface CompletenessRun {
  /** The last hour of the unbroken run of complete hours from the start; null before the first. */
  completeThrough: Hour | null;
  /** The hours after it that are not complete although a later one is, oldest first. */
  holes: Hour[];
}

/**
 * How far a type is complete, from its hours in order from its start. An hour missing from the list is not complete: the run never
 * jumps over it.
 */
export function completenessRun(hours: readonly { hour: Hour; state: VerdictState }[]): CompletenessRun {
  let completeThrough: Hour | null = null;
  const holes: Hour[] = [];
  let waiting: Hour[] = [];
  let expected = hours[0]?.hour ?? null;
  for (const { hour, state } of hours) {
    for (; expected && expected < hour; expected = addHours(expected, 1)) waiting.push(expected);
    expected = addHours(hour, 1);
    if (state !== "complete") waiting.push(hour);
    else if (waiting.length === 0 && holes.length === 0) completeThrough = hour;
    else {
      for (const hole of waiting) holes.push(hole);
      waiting = [];
    }
  }
  return { completeThrough, holes };
}
