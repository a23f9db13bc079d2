import QuickLRU from "quick-lru";
import type { StoredToken } from "./find-token.ts";

/** Caches look-ups, so that a busy token costs no statement per request. */
export class TokenCache {
  /** A revocation by another process may go unnoticed here for ten seconds. Guesses are cached too: the size is limited. */
  readonly #found = new QuickLRU<string, Promise<StoredToken | null>>({ maxSize: 5_000, maxAge: 10_000 });

  /** Concurrent callers share one look-up. */
  read(key: string, find: () => Promise<StoredToken | null>): Promise<StoredToken | null> {
    const cached = this.#found.get(key);
    if (cached) return cached;
    const token = find();
    this.#found.set(key, token);
    // A failed look-up says nothing about the token: the next request retries.
    token.catch(() => this.#found.delete(key));
    return token;
  }

  clear(): void {
    this.#found.clear();
  }
}
