import type { Log } from "#server/process/log.ts";

const againMs = 60_000;

/** One outage for all loops of a process: the first failure says it, one line a minute repeats it, and the end is when the last loop works again. */
class DatabaseOutage {
  readonly #log: Log;
  readonly #failing = new Set<object>();
  #sinceMs = 0;
  #saidMs = 0;
  #failures = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  failed(loop: object, error: unknown): void {
    const nowMs = performance.now();
    if (this.#failing.size === 0) {
      this.#sinceMs = nowMs;
      this.#saidMs = Number.NEGATIVE_INFINITY;
      this.#failures = 0;
    }
    this.#failing.add(loop);
    this.#failures += 1;
    if (nowMs - this.#saidMs < againMs) return;
    const seconds = Math.round((nowMs - this.#sinceMs) / 1000);
    const soFar =
      this.#failures === 1 ? "is unusable" : `has been unusable for ${seconds} s (${this.#failures} failures)`;
    this.#log.error({ err: error }, `The database ${soFar}; retrying each second.`);
    this.#saidMs = nowMs;
  }

  /** Nothing if the loop had not failed. */
  passed(loop: object): void {
    if (!this.#failing.delete(loop) || this.#failing.size > 0) return;
    const seconds = Math.round((performance.now() - this.#sinceMs) / 1000);
    this.#log.info(`The database is usable again after ${seconds} s (${this.#failures} failures).`);
  }
}

const outages = new WeakMap<Log, DatabaseOutage>();

/** That of the process that has this log. */
export function outageOf(log: Log): DatabaseOutage {
  const outage = outages.get(log) ?? new DatabaseOutage(log);
  outages.set(log, outage);
  return outage;
}
