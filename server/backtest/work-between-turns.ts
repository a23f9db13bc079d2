import { heavyTurnMs, nextHeavyTurn } from "#server/process/heavy-turns.ts";

/** Runs seconds of work in short turns, so that the process stays responsive. */
export async function workBetweenTurns<Result>(work: Generator<void, Result>): Promise<Result> {
  let turnEndsAt = performance.now() + heavyTurnMs;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < turnEndsAt) continue;
    await nextHeavyTurn();
    turnEndsAt = performance.now() + heavyTurnMs;
  }
}
