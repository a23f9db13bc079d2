import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { chargeHeavyWork } from "./heavy-account.ts";

/** The longest that other work of the process waits for seconds of work. */
export const heavyTurnMs = 5;
/** Others that used more than this between two turns have more to do: a request goes through several rounds of the event loop. */
const busyMs = 1;

let queue: Promise<unknown> = Promise.resolve();

/** When it is this work's turn again. All long work of a process takes turns here, with a pause of twice a turn while others are busy. */
export async function nextHeavyTurn(): Promise<void> {
  chargeHeavyWork(heavyTurnMs);
  const turn = queue.then(async () => {
    const offeredAtMs = performance.now();
    await setImmediate();
    if (performance.now() - offeredAtMs > busyMs) await sleep(2 * heavyTurnMs);
  });
  queue = turn;
  await turn;
}
