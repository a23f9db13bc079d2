import type { FitNeed } from "#server/forecast/index.ts";

const lookEveryMs = 2_000;
// In a fast drill an hour takes seconds: fits may not take all of the machine.
const restAfterFit = 20;
// A model fitted in the middle of an import is soon wrong.
const restAfterHastyFit = 5;
const mostPatienceMs = 60_000;
const settledGrowth = 0.01;
const fewHours = 20;

/**
 * When to refit: once it is due and the history has stopped growing, because half an import teaches that the other half never closes.
 */
export class FitTurns {
  #nextLookMs = 0;
  #closedHours: number | null = null;
  #dueSinceMs: number | null = null;
  #wasHasty = false;

  /** All instants are of one monotonic clock, in real milliseconds. */
  isTimeToLook(nowMs: number): boolean {
    return nowMs >= this.#nextLookMs;
  }

  /** Whether to fit now, from what a poll found. */
  isTurn({ due, closedHours }: FitNeed, nowMs: number): boolean {
    const settled = this.#isSettled(closedHours);
    this.#closedHours = closedHours;
    this.#nextLookMs = nowMs + lookEveryMs;
    if (!due && !this.#wasHasty) {
      this.#dueSinceMs = null;
      return false;
    }
    this.#dueSinceMs ??= nowMs;
    const isPatient = nowMs - this.#dueSinceMs < mostPatienceMs;
    if (!settled && isPatient) return false;
    this.#wasHasty = !settled;
    this.#dueSinceMs = null;
    return true;
  }

  noteFit(tookMs: number, nowMs: number): void {
    const rest = this.#wasHasty ? restAfterHastyFit : restAfterFit;
    this.#nextLookMs = nowMs + Math.max(lookEveryMs, rest * tookMs);
    // By then it says nothing about how fast history grows.
    this.#closedHours = null;
  }

  /** Between two polls, a few hours of many types close. */
  #isSettled(closedHours: number): boolean {
    if (this.#closedHours === null) return false;
    return closedHours - this.#closedHours <= Math.max(fewHours, settledGrowth * closedHours);
  }
}
