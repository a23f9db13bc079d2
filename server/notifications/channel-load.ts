/** At once to one channel, of all that a process sends at once. */
const mostAtOnce = 8;
/** Of those, how many may have gone on for longer than a receiver that is well needs. */
const mostSlow = 4;
const slowAfterMs = 1_000;

/** Keeps a receiver that hangs from taking every place: what else would go there waits until some of it came back. */
export class ChannelLoad {
  readonly #startedMs = new Map<string, Set<{ atMs: number }>>();

  /** Whether another message may be under way to the channel. */
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
