/** Counts requests in progress, so that a shutdown can wait for them. */
export class InFlight {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  async track<T>(answer: () => T | Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await answer();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const settle of [...this.#waiting]) settle();
    }
  }

  /** Settles when none is left, or after `patienceMs` (real). */
  async settled(patienceMs: number): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        this.#waiting.delete(settle);
        resolve();
      };
      const timer = setTimeout(settle, patienceMs);
      this.#waiting.add(settle);
    });
  }
}
