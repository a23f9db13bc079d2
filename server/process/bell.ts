/** Wakes a loop before its time: a ring between two waits ends the next one. */
export class Bell {
  #isRung = false;
  #wake: (() => void) | null = null;

  readonly ring = (): void => {
    this.#isRung = true;
    this.#wake?.();
  };

  /** Until it rings, the signal aborts, or this many real milliseconds are over. */
  async wait(realMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", end);
          resolve();
        };
        const timer = setTimeout(end, realMs);
        signal.addEventListener("abort", end);
        this.#wake = end;
      });
      this.#wake = null;
    }
    this.#isRung = false;
  }
}
