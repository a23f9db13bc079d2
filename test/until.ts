import { setTimeout as sleep } from "node:timers/promises";

/** Polls until the check returns true; fails with its last result. Generous: a slow machine is not a failure. */
export async function until(what: string, check: () => Promise<boolean | string>, seconds = 120): Promise<void> {
  const endsAtMs = performance.now() + seconds * 1000;
  let last: boolean | string = false;
  while (performance.now() < endsAtMs) {
    last = await check().catch((error: Error) => error.message);
    if (last === true) return;
    await sleep(50);
  }
  throw new Error(`Waited ${seconds} s in vain until ${what}; last: ${last}`);
}
