import type { Log } from "#server/process/log.ts";

const againMs = 60_000;

/** Logs once when something fails, again each minute while it continues, and once when it works again: not on every attempt. */
export class Trouble {
  readonly #log: Log;
  readonly #what: string;
  readonly #againMs: number;
  #sinceMs: number | null = null;
  #saidMs = Number.NEGATIVE_INFINITY;
  #said = "";
  #failures = 0;

  /** `what`: "Judging", the beginning of each sentence. `repeatAfterMs`: when the same failure is logged again. */
  constructor(log: Log, what: string, repeatAfterMs = againMs) {
    this.#log = log;
    this.#what = what;
    this.#againMs = repeatAfterMs;
  }

  failed(error: unknown, next = "trying again"): void {
    const nowMs = performance.now();
    const reason = error instanceof Error ? error.message : String(error);
    this.#sinceMs ??= nowMs;
    this.#failures += 1;
    if (nowMs - this.#saidMs < this.#againMs && reason === this.#said) return;
    const seconds = Math.round((nowMs - this.#sinceMs) / 1000);
    const soFar = this.#failures === 1 ? "" : ` (${this.#failures} times in ${seconds} s)`;
    this.#log.error({ err: error }, `${this.#what} failed${soFar}; ${next}.`);
    this.#saidMs = nowMs;
    this.#said = reason;
  }

  passed(): void {
    if (this.#sinceMs === null) return;
    const seconds = Math.round((performance.now() - this.#sinceMs) / 1000);
    if (this.#failures > 1)
      this.#log.info(`${this.#what} works again after ${seconds} s (${this.#failures} failures).`);
    this.#sinceMs = null;
    this.#saidMs = Number.NEGATIVE_INFINITY;
    this.#failures = 0;
  }
}
