import { describe, expect, it } from "vitest";
import { chanceOfAtMost, countAt } from "./negative-binomial.ts";

/** Sums the probabilities one by one. */
function summed(count: number, mean: number, spread: number): number {
  let term = spread === 0 ? Math.exp(-mean) : (1 + spread * mean) ** (-1 / spread);
  let sum = term;
  for (let at = 1; at <= count; at++) {
    term *= spread === 0 ? mean / at : ((1 / spread + at - 1) / at) * ((spread * mean) / (1 + spread * mean));
    sum += term;
  }
  return sum;
}

describe("chanceOfAtMost", () => {
  it.each([
    [0, 0.3, 0],
    [3, 4, 0],
    [0, 2, 0.5],
    [12, 30, 0.1],
    [90, 100, 0.04],
    [400, 300, 0.5],
  ])("of %i at a mean of %f and a spread of %f is the sum of all up to it", (count, mean, spread) => {
    expect(chanceOfAtMost(count, { mean, spread })).toBeCloseTo(summed(count, mean, spread), 5);
  });

  it("is about a half at the mean of a billion, and rises with the count", () => {
    const model = { mean: 1e9, spread: 0.01 };
    expect(chanceOfAtMost(1e9, model)).toBeCloseTo(0.51, 1);
    expect(chanceOfAtMost(0.8e9, model)).toBeLessThan(0.03);
    expect(chanceOfAtMost(1.2e9, model)).toBeGreaterThan(0.96);
  });

  it("is certain where nothing is expected", () => {
    expect(chanceOfAtMost(0, { mean: 0, spread: 0.1 })).toBe(1);
  });
});

describe("countAt", () => {
  it("is the least count that has the chance", () => {
    const model = { mean: 30, spread: 0.1 };
    const low = countAt(0.01, model);
    expect(chanceOfAtMost(low, model)).toBeGreaterThanOrEqual(0.01);
    expect(chanceOfAtMost(low - 1, model)).toBeLessThan(0.01);
    expect(countAt(0.01, { mean: 0.3, spread: 0 })).toBe(0);
  });

  it("ends where counts are too large to be distinguished by one", () => {
    for (const mean of [2 ** 53, 2 ** 63, 1e300]) {
      const high = countAt(0.999, { mean, spread: 0.01 });
      expect(high).toBeGreaterThanOrEqual(mean);
      expect(high).toBeLessThan(2 * mean);
    }
  });
});
