import { hourOf, type Stage } from "./messages.ts";

const hourMs = 3_600_000;
/** Clocks are slewed by seconds; a larger jump means that one was set, or the machine slept. */
const steeredMs = 60_000;

/** Two clocks: a settable wall clock and a monotonic one. */
export interface Clocks {
  nowMs: number;
  runningMs: number;
}

export interface Declared {
  eventType: string;
  stage: Stage;
}

/**
 * The types that this process declared to count. An hour that it ran through to the end without an event is a zero; before the
 * hour's end that is unknown, and about hours that it did not run through (the clock was set, the machine slept) it reports
 * nothing.
 */
export class Declarations {
  readonly #declared = new Map<string, Declared & { fromMs: number }>();
  #last: Clocks;

  constructor(clocks: Clocks) {
    this.#last = clocks;
  }

  declare(declared: Declared, nowMs: number): void {
    const key = JSON.stringify([declared.stage, declared.eventType]);
    if (!this.#declared.has(key)) this.#declared.set(key, { ...declared, fromMs: Math.floor(nowMs / hourMs) * hourMs });
  }

  /** The hours that ended since the last call, once each. With `isEnding` also the current hour. */
  pass(clocks: Clocks, isEnding = false): (Declared & { hour: string })[] {
    const passedMs = clocks.nowMs - this.#last.nowMs;
    const wasSet = Math.abs(passedMs - (clocks.runningMs - this.#last.runningMs)) > steeredMs;
    this.#last = clocks;
    const hourStartMs = Math.floor(clocks.nowMs / hourMs) * hourMs;
    const untilMs = isEnding ? hourStartMs + hourMs : hourStartMs;
    const hours: (Declared & { hour: string })[] = [];
    for (const each of this.#declared.values()) {
      if (wasSet) each.fromMs = hourStartMs;
      for (; each.fromMs < untilMs; each.fromMs += hourMs)
        hours.push({ eventType: each.eventType, stage: each.stage, hour: hourOf(new Date(each.fromMs)) });
    }
    return hours;
  }
}
