import QuickLRU from "quick-lru";

interface Found<Value> {
  value: Promise<Value | null>;
  /** Monotonic: a clock that is set back keeps nothing that ended. */
  readAtMs: number;
}

/** Caches look-ups of credentials, so that a busy token or session costs no statement per request. */
export class CredentialCache<Value> {
  /** Guesses are cached too: the size is limited. */
  readonly #found = new QuickLRU<string, Found<Value>>({ maxSize: 5_000 });
  readonly #maxAgeMs: number;

  /** `maxAgeMs`: what another process ended may go unnoticed here for so long. */
  constructor(maxAgeMs: number) {
    this.#maxAgeMs = maxAgeMs;
  }

  /** Concurrent callers share one look-up. */
  read(key: string, find: () => Promise<Value | null>): Promise<Value | null> {
    const cached = this.#found.get(key);
    const readAtMs = performance.now();
    if (cached && readAtMs - cached.readAtMs < this.#maxAgeMs) return cached.value;
    const value = find();
    this.#found.set(key, { value, readAtMs });
    // A failed look-up says nothing about the credential: the next request retries.
    value.catch(() => this.#found.delete(key));
    return value;
  }

  clear(): void {
    this.#found.clear();
  }
}
