/** More bytes of bodies are under way than the process may hold. */
export class Overloaded extends Error {}

/** How many bytes of bodies a process holds at once, from their first byte to the answer. */
export class ByteBudget {
  readonly #limit: number;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs `work`, which takes bytes as it reads them; all are given back when it ends. */
  async hold<T>(work: (hold: ByteHold) => Promise<T>): Promise<T> {
    let held = 0;
    const take = (bytes: number) => {
      this.#require(bytes);
      held += bytes;
      this.#used += bytes;
    };
    try {
      return await work({ expect: (bytes) => this.#require(bytes), take });
    } finally {
      this.#used -= held;
    }
  }

  #require(bytes: number): void {
    // One alone is always let in: its own size is bounded elsewhere.
    if (this.#used === 0 || this.#used + bytes <= this.#limit) return;
    throw new Overloaded(
      "This process is holding as many bytes of events as it may (TIDEMARK_HTTP_INGEST_BYTES). Nothing was accepted; send again in a second.",
    );
  }
}

/** Throws Overloaded beyond the budget. */
export interface ByteHold {
  /** Before anything is read: refuses what cannot fit, and takes nothing. */
  expect(bytes: number): void;
  take(bytes: number): void;
}
