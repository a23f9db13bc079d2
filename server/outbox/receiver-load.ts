/** Concurrent sends to one receiver, out of all of a process. */
export const mostAtOnce = 8;
/** Of those, how many may exceed a healthy receiver's time. */
const mostSlow = 4;
const slowAfterMs = 1_000;

/** Keeps a receiver that hangs from using up a process: further messages to it wait until some of them return. */
export class ReceiverLoad {
  readonly #startedMs = new Map<string, { atMs: number }[]>();

  /** How many more sends may start, of the receivers that some are in progress to. */
  room(nowMs = performance.now()): Record<string, number> {
    return Object.fromEntries(
      [...this.#startedMs].map(([receiver, running]) => {
        const isHanging = running.filter(({ atMs }) => nowMs - atMs > slowAfterMs).length >= mostSlow;
        return [receiver, isHanging ? 0 : mostAtOnce - running.length];
      }),
    );
  }

  async run<T>(receiver: string, send: () => Promise<T>): Promise<T> {
    const mine = { atMs: performance.now() };
    this.#startedMs.set(receiver, [...(this.#startedMs.get(receiver) ?? []), mine]);
    try {
      return await send();
    } finally {
      const others = this.#startedMs.get(receiver)?.filter((each) => each !== mine) ?? [];
      if (others.length > 0) this.#startedMs.set(receiver, others);
      else this.#startedMs.delete(receiver);
    }
  }
}
