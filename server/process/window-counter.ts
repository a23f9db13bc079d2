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
    const standing = this.look(caller);
    if (!standing.allowed) return standing;
    this.add(caller, 1);
    return { ...standing, remaining: standing.remaining - 1 };
  }

  /** Counts nothing. */
  look(caller: string): Standing {
    const window = this.#windowOf(caller);
    const resetSeconds = Math.ceil((window.endsAtMs - performance.now()) / 1000);
    return { allowed: window.count < this.limit, remaining: Math.max(0, this.limit - window.count), resetSeconds };
  }

  /** Counts what has happened, beyond the limit too. */
  add(caller: string, amount: number): void {
    this.#windowOf(caller).count += amount;
  }

  /** In the window that runs. */
  countOf(caller: string): number {
    return this.#windowOf(caller).count;
  }

  #windowOf(caller: string): Window {
    const nowMs = performance.now();
    let window = this.#windows.get(caller);
    if (!window || window.endsAtMs <= nowMs) {
      window = { count: 0, endsAtMs: nowMs + this.windowSeconds * 1000 };
      this.#windows.set(caller, window);
    }
    return window;
  }

  /** Takes one count back: what was counted at its start turned out not to count. */
  giveBack(caller: string): void {
    const window = this.#windows.get(caller);
    if (window && window.count > 0) window.count -= 1;
  }
}
