import { performance } from "node:perf_hooks";
import type { StoredToken } from "./find-token.ts";

/** Real time: how long another process's revocation may go unnoticed here. */
const freshMs = 10_000;
/** Guesses are cached too, so the size is limited. */
const maxEntries = 5_000;

interface Entry {
  readonly token: Promise<StoredToken | null>;
  readonly readAtMs: number;
}

/** Caches look-ups for ten seconds, so that a busy token costs no statement per request. */
export class TokenCache {
  readonly #entries = new Map<string, Entry>();

  /** Concurrent callers share one look-up. */
  read(key: string, find: () => Promise<StoredToken | null>): Promise<StoredToken | null> {
    const nowMs = performance.now();
    const entry = this.#entries.get(key);
    if (entry && nowMs - entry.readAtMs < freshMs) return entry.token;
    const token = find();
    this.#entries.delete(key);
    this.#entries.set(key, { token, readAtMs: nowMs });
    // A failed look-up says nothing about the token: the next request retries.
    token.catch(() => this.#entries.delete(key));
    this.#dropOldest();
    return token;
  }

  clear(): void {
    this.#entries.clear();
  }

  #dropOldest(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
