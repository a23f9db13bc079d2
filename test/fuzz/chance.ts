import { type Random, randomOf } from "#simulator/random.ts";

/** All randomness of one input follows from the seed and the input's number: both reproduce a finding. */
export class Chance {
  readonly #random: Random;

  constructor(seed: number, what: string) {
    this.#random = randomOf(seed, what);
  }

  /** True with this probability. */
  is(share: number): boolean {
    return this.#random() < share;
  }

  /** From 0 to `below`, excluded. */
  int(below: number): number {
    return Math.floor(this.#random() * below);
  }

  of<Each>(all: readonly Each[]): Each {
    return all[this.int(all.length)] as Each;
  }

  /** Picks one by weight. */
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
