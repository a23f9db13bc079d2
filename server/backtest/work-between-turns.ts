import { setImmediate } from "node:timers/promises";

// Others wait no longer than this for their turn.
const turnMs = 20;

/** Does work of seconds in small turns, so that the process answers others meanwhile. */
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
