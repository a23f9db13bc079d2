import QuickLRU from "quick-lru";

interface Window {
  count: number;
  endsAtMs: number;
}

export interface Standing {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the window ends and all is allowed again. */
  readonly resetSeconds: number;
}

export interface WindowLimit {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Callers that are remembered at once: beyond them the one seen longest ago is forgotten, so no flood of addresses takes memory. */
const mostCallers = 10_000;

/** Counts per caller in windows that begin with a caller's first count. */
export class WindowCounter {
  readonly #windows = new QuickLRU<string, Window>({ maxSize: mostCallers });
  readonly limit: number;
  readonly windowSeconds: number;

  constructor({ limit, windowSeconds }: WindowLimit) {
    this.limit = limit;
    this.windowSeconds = windowSeconds;
  }

  /** Counts one, unless the limit is reached. */
  take(caller: string): Standing {
    const nowMs = performance.now();
    let window = this.#windows.get(caller);
    if (!window || window.endsAtMs <= nowMs) {
      window = { count: 0, endsAtMs: nowMs + this.windowSeconds * 1000 };
      this.#windows.set(caller, window);
    }
    const allowed = window.count < this.limit;
    if (allowed) window.count += 1;
    const resetSeconds = Math.ceil((window.endsAtMs - nowMs) / 1000);
    return { allowed, remaining: this.limit - window.count, resetSeconds };
  }

  /** Takes one count back: what was counted at its start turned out not to count. */
  giveBack(caller: string): void {
    const window = this.#windows.get(caller);
    if (window && window.count > 0) window.count -= 1;
  }
}
