export interface BatchSizeOptions {
  /** What a batch is to take, in real milliseconds. */
  targetMs: number;
  least: number;
  most: number;
  /** What the first one takes on; left out: the most. */
  first?: number;
}

/** How much a transaction takes on so that it lasts about as long as whoever waits for its locks can bear: learned from those before. */
export class BatchSize {
  readonly #options: BatchSizeOptions;
  #limit: number;

  constructor(options: BatchSizeOptions) {
    this.#options = options;
    this.#limit = options.first ?? options.most;
  }

  get limit(): number {
    return this.#limit;
  }

  /** A batch of `count` took so long. One that was not full says nothing of larger ones. */
  took(ms: number, count: number): void {
    const { targetMs } = this.#options;
    if (ms > targetMs) this.#set(Math.min(this.#limit, Math.floor(count * Math.max(0.25, targetMs / ms))));
    else if (ms < targetMs / 2 && count >= this.#limit) this.#set(this.#limit * 2);
  }

  /** The database gave up on one: half of it may come through. */
  gaveUp(): void {
    this.#set(Math.floor(this.#limit / 2));
  }

  #set(limit: number): void {
    this.#limit = Math.max(this.#options.least, Math.min(this.#options.most, limit));
  }
}
