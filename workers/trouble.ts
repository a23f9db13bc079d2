import { isDatabaseAway } from "#server/db/database-unreachable.ts";
import type { Log } from "#server/process/log.ts";
import { outageOf } from "./database-outage.ts";

const againMs = 60_000;
/** Reasons may alternate, or differ in a detail each time. */
const mostReasonsAMinute = 5;

/**
 * Logs once when something fails, again each minute while it continues, and once when it works again: not on every attempt. An
 * outage of the database is one for all loops of the process.
 */
export class Trouble {
  readonly #log: Log;
  readonly #what: string;
  readonly #againMs: number;
  #sinceMs: number | null = null;
  /** Reasons, by when each was logged last. */
  readonly #said = new Map<string, number>();
  #failures = 0;

  /** `what`: "Judging", the beginning of each sentence. `repeatAfterMs`: when the same failure is logged again. */
  constructor(log: Log, what: string, repeatAfterMs = againMs) {
    this.#log = log;
    this.#what = what;
    this.#againMs = repeatAfterMs;
  }

  failed(error: unknown, next = "trying again"): void {
    if (isDatabaseAway(error)) {
      outageOf(this.#log).failed(this, error);
      return;
    }
    const nowMs = performance.now();
    const reason = error instanceof Error ? error.message : String(error);
    this.#sinceMs ??= nowMs;
    this.#failures += 1;
    for (const [each, saidMs] of this.#said) if (nowMs - saidMs >= this.#againMs) this.#said.delete(each);
    if (this.#said.has(reason) || this.#said.size >= mostReasonsAMinute) return;
    const seconds = Math.round((nowMs - this.#sinceMs) / 1000);
    const soFar = this.#failures === 1 ? "" : ` (${this.#failures} times in ${seconds} s)`;
    this.#log.error({ err: error }, `${this.#what} failed${soFar}; ${next}.`);
    this.#said.set(reason, nowMs);
  }

  passed(): void {
    outageOf(this.#log).passed(this);
    if (this.#sinceMs === null) return;
    const seconds = Math.round((performance.now() - this.#sinceMs) / 1000);
    if (this.#failures > 1)
      this.#log.info(`${this.#what} works again after ${seconds} s (${this.#failures} failures).`);
    this.#sinceMs = null;
    this.#said.clear();
    this.#failures = 0;
  }
}
