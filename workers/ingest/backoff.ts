import { setTimeout as sleep } from "node:timers/promises";

/**
 * One pause shared by everything that waits for the database, so that its return does not meet a thousand retries at once.
 */
export class Backoff {
  readonly #firstMs: number;
  readonly #longestMs: number;
  readonly #signal: AbortSignal;
  #failures = 0;
  #pause: Promise<void> | null = null;

  constructor({ firstMs, longestMs, signal }: { firstMs: number; longestMs: number; signal: AbortSignal }) {
    this.#firstMs = firstMs;
    this.#longestMs = longestMs;
    this.#signal = signal;
  }

  /** The current pause, or a new and longer one. Ends early when the signal aborts. */
  pause(): Promise<void> {
    this.#pause ??= this.#begin();
    return this.#pause;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  async #begin(): Promise<void> {
    const delayMs = Math.min(this.#longestMs, this.#firstMs * 2 ** this.#failures);
    this.#failures += 1;
    await sleep(delayMs, undefined, { signal: this.#signal }).catch(() => undefined);
    this.#pause = null;
  }
}
