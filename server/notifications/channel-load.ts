/** Concurrent sends to one channel, out of all of a process. */
const mostAtOnce = 8;
/** Of those, how many may exceed a healthy receiver's time. */
const mostSlow = 4;
const slowAfterMs = 1_000;

/** Keeps a receiver that hangs from using up all slots: further messages to it wait until some of them return. */
export class ChannelLoad {
  readonly #startedMs = new Map<string, Set<{ atMs: number }>>();

  /** Whether another send to the channel may start. */
  hasRoom(channel: string, nowMs = performance.now()): boolean {
    const running = [...(this.#startedMs.get(channel) ?? [])];
    return running.length < mostAtOnce && running.filter(({ atMs }) => nowMs - atMs > slowAfterMs).length < mostSlow;
  }

  async run<T>(channel: string, send: () => Promise<T>): Promise<T> {
    const running = this.#startedMs.get(channel) ?? new Set();
    this.#startedMs.set(channel, running);
    const mine = { atMs: performance.now() };
    running.add(mine);
    try {
      return await send();
    } finally {
      running.delete(mine);
      if (running.size === 0) this.#startedMs.delete(channel);
    }
  }
}
