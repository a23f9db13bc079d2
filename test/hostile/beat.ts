import { setTimeout as sleep } from "node:timers/promises";

/** Begins `work` at each beat, unless `mostUnderWay` are; settles when it was aborted and all have ended. */
export async function beat(
  { everyMs, mostUnderWay, signal }: { everyMs: number; mostUnderWay: number; signal: AbortSignal },
  work: () => Promise<unknown>,
): Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  let next = performance.now();
  while (!signal.aborted) {
    if (underWay.size < mostUnderWay) {
      const run: Promise<unknown> = work().finally(() => underWay.delete(run));
      underWay.add(run);
    }
    next = Math.max(next + everyMs, performance.now() - everyMs);
    await sleep(Math.max(0, next - performance.now()));
  }
  await Promise.all(underWay);
}
