import { type Random, randomOf } from "#simulator/random.ts";

/** Everything random of one input follows from the seed and the input's number: a finding is made again by both. */
export class Chance {
  readonly #random: Random;

  constructor(seed: number, what: string) {
    this.#random = randomOf(seed, what);
  }

  /** True so often, of one. */
  is(share: number): boolean {
    return this.#random() < share;
  }

  /** From 0 to `below`, which is left out. */
  int(below: number): number {
    return Math.floor(this.#random() * below);
  }

  of<Each>(all: readonly Each[]): Each {
    return all[this.int(all.length)] as Each;
  }

  /** One by weight. */
  weighed<Each>(all: readonly (readonly [weight: number, each: Each])[]): Each {
    let left = this.#random() * all.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, each] of all) {
      left -= weight;
      if (left < 0) return each;
    }
    return (all.at(-1) as readonly [number, Each])[1];
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.int(256));
  }
}
