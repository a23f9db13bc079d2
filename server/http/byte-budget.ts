/** The process's limit for request bodies in progress is reached. */
export class Overloaded extends Error {}

/** Limits the bytes of bodies that a process holds at once, from first byte to response. */
export class ByteBudget {
  readonly #limit: number;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs `work`, which takes bytes as it reads them; all are released when it ends. */
  async hold<T>(work: (hold: ByteHold) => Promise<T>): Promise<T> {
    let held = 0;
    const take = (bytes: number) => {
      this.#require(bytes);
      held += bytes;
      this.#used += bytes;
    };
    try {
      const hold = {
        expect: (bytes: number) => this.#require(bytes),
        take,
        get held() {
          return held;
        },
      };
      return await work(hold);
    } finally {
      this.#used -= held;
    }
  }

  #require(bytes: number): void {
    // A lone request always fits: its size is limited elsewhere.
    if (this.#used === 0 || this.#used + bytes <= this.#limit) return;
    throw new Overloaded(
      "This process holds as many bytes of events as TIDEMARK_HTTP_INGEST_BYTES allows. Nothing was accepted. Send it again in a second.",
    );
  }
}

/** Its methods throw Overloaded over budget. */
export interface ByteHold {
  /** Before reading: refuses what cannot fit, but takes nothing. */
  expect(bytes: number): void;
  take(bytes: number): void;
  /** What was taken so far. */
  readonly held: number;
}
