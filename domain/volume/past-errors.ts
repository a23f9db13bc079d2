/** How far one step's count was from the expected count. */
export interface PastError {
  index: number;
  expected: number;
  /** The same, given the step before. */
  likely: number;
  /** In standard deviations from the prediction: lower is stranger. */
  score: number;
  /** The likelihood ratio of the count, drop against usual. */
  odds: number;
  /** Count over expected minus 1, at most 1; and that of the step before. */
  deviation: number;
  deviationBefore: number;
  /** Count over predicted minus 1, at most 1. */
  surprise: number;
}

/** Relative variances beyond chance, each from the errors on its own side. */
interface Spreads {
  below: number;
  above: number;
  /** Below, and given the step before. */
  surprise: number;
}

/** The errors of the last weeks: the yardstick for a new one. */
export class PastErrors {
  readonly #byTime: PastError[] = [];
  #oldest = 0;
  readonly #scores: number[] = [];
  readonly #sums = { below: 0, above: 0, surprise: 0, square: 1, product: 0, odds: 0 };

  get size(): number {
    return this.#scores.length;
  }

  /** In order of time. */
  add(error: PastError): void {
    this.#byTime.push(error);
    this.#scores.splice(this.#place(error.score), 0, error.score);
    this.#weigh(error, 1);
  }

  forgetBefore(index: number): void {
    for (;;) {
      const error = this.#byTime[this.#oldest];
      if (!error || error.index >= index) return;
      this.#oldest++;
      this.#scores.splice(this.#place(error.score), 1);
      this.#weigh(error, -1);
    }
  }

  /** The share of errors this low or lower, including the new one: never 0. (A conformal p-value.) */
  rankOf(score: number): number {
    let low = 0;
    let high = this.#scores.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#scores[middle] as number) <= score) low = middle + 1;
      else high = middle;
    }
    return (low + 1) / (this.#scores.length + 1);
  }

  /** Over all errors. */
  get oddsSum(): number {
    return Math.max(this.#sums.odds, 0);
  }

  /** How much of a step's deviation carries over to the next one, 0 to 1. */
  get persistence(): number {
    return Math.min(Math.max(this.#sums.product / this.#sums.square, 0), 1);
  }

  get spreads(): Spreads {
    // Half of the errors lie on either side. One extra error of 100 %: without data, a rate varies as much as its own size.
    const mean = (sum: number) => Math.max(0, 2 * sum + 1) / (this.size + 1);
    return { below: mean(this.#sums.below), above: mean(this.#sums.above), surprise: mean(this.#sums.surprise) };
  }

  #weigh(error: PastError, sign: 1 | -1): void {
    const { deviation, deviationBefore, surprise, expected, likely } = error;
    this.#sums[deviation < 0 ? "below" : "above"] += sign * (deviation ** 2 - 1 / expected);
    if (surprise < 0) this.#sums.surprise += sign * (surprise ** 2 - 1 / likely);
    this.#sums.odds += sign * error.odds;
    this.#sums.square += sign * deviationBefore ** 2;
    this.#sums.product += sign * deviationBefore * deviation;
  }

  /** The first index whose score is no lower. */
  #place(score: number): number {
    let low = 0;
    let high = this.#scores.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#scores[middle] as number) < score) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
