import { setImmediate } from "node:timers/promises";

/** The longest that other work of the process waits for seconds of work. */
export const heavyTurnMs = 5;

let queue: Promise<unknown> = Promise.resolve();

/** When it is this work's turn again. All long work of a process takes turns here, with everything else between any two of them. */
export async function nextHeavyTurn(): Promise<void> {
  const turn = queue.then(() => setImmediate());
  queue = turn;
  await turn;
}
