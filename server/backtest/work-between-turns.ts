import { setImmediate } from "node:timers/promises";

// The longest that other work waits for its turn.
const turnMs = 20;

/** Runs seconds of work in short turns, so that the process stays responsive. */
export async function workBetweenTurns<Result>(work: Generator<void, Result>): Promise<Result> {
  let turnEndsAt = performance.now() + turnMs;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < turnEndsAt) continue;
    await setImmediate();
    turnEndsAt = performance.now() + turnMs;
  }
}
