export interface BatchSizeOptions {
  /** The target duration of a batch, in real milliseconds. */
  targetMs: number;
  least: number;
  most: number;
  /** The first batch's size; default: the most. */
  first?: number;
}

/** Sizes a transaction so that it lasts about as long as those waiting for its locks can accept: learned from earlier ones. */
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

  /** A batch of `count` took this long. A batch that was not full says nothing about larger ones. */
  took(ms: number, count: number): void {
    const { targetMs } = this.#options;
    // One that found nothing says nothing of size.
    if (count === 0) return;
    if (ms > targetMs) this.#set(Math.min(this.#limit, Math.floor(count * Math.max(0.25, targetMs / ms))));
    else if (ms < targetMs / 2 && count >= this.#limit) this.#set(this.#limit * 2);
  }

  /** The database gave up on a batch: half of it may succeed. */
  gaveUp(): void {
    this.#set(Math.floor(this.#limit / 2));
  }

  #set(limit: number): void {
    this.#limit = Math.max(this.#options.least, Math.min(this.#options.most, limit));
  }
}
