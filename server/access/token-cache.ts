import QuickLRU from "quick-lru";
import type { StoredToken } from "./find-token.ts";

interface Found {
  token: Promise<StoredToken | null>;
  /** Monotonic: a clock that is set back keeps no revoked token. */
  readAtMs: number;
}

/** A revocation by another process may go unnoticed here for so long. */
const maxAgeMs = 10_000;

/** Caches look-ups, so that a busy token costs no statement per request. */
export class TokenCache {
  /** Guesses are cached too: the size is limited. */
  readonly #found = new QuickLRU<string, Found>({ maxSize: 5_000 });

  /** Concurrent callers share one look-up. */
  read(key: string, find: () => Promise<StoredToken | null>): Promise<StoredToken | null> {
    const cached = this.#found.get(key);
    const readAtMs = performance.now();
    if (cached && readAtMs - cached.readAtMs < maxAgeMs) return cached.token;
    const token = find();
    this.#found.set(key, { token, readAtMs });
    // A failed look-up says nothing about the token: the next request retries.
    token.catch(() => this.#found.delete(key));
    return token;
  }

  clear(): void {
    this.#found.clear();
  }
}
