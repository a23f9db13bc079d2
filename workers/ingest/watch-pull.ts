import type { TurnLog } from "#server/turns/index.ts";

const lookEveryMs = 2_000;
/** A message held for this long is not being committed, whatever the reason. */
const heldTooLongMs = 60_000;

export interface PullWatch {
  /** A message is held until this settles. */
  hold(taking: Promise<void>): Promise<void>;
}

/** Reports ingest's pulse: Pub/Sub is connected, and what it handed over is soon committed, or there was nothing. */
export function watchPull({ turns, isOpen }: { turns: TurnLog; isOpen: () => boolean }): PullWatch {
  const heldSinceMs = new Set<{ atMs: number }>();
  const look = () => {
    // In the order of arrival: the first is the oldest.
    const [oldest] = heldSinceMs;
    const isLate = oldest !== undefined && performance.now() - oldest.atMs > heldTooLongMs;
    if (isOpen() && !isLate) turns.completed("pull");
    // Reconnecting and waiting for the database are no standstill of this process.
    else turns.ended("pull");
  };
  setInterval(look, lookEveryMs).unref();
  return {
    async hold(taking) {
      const held = { atMs: performance.now() };
      heldSinceMs.add(held);
      await taking.finally(() => heldSinceMs.delete(held));
    },
  };
}
