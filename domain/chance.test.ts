import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceOfAtLeast, isBeyondChance, sayChance } from "./chance.ts";

describe("the chance of a count", () => {
  it("is the binomial tail, summed term by term", () => {
    const share = fc.double({ min: 0.0001, max: 0.6, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(300), share, (events, count, p) => {
        fc.pre(count > events * p && count <= events);
        const exact = tailTermByTerm(count, events, p);
        expect(chanceOfAtLeast(count, events, p)).toBeCloseTo(exact, 9);
        if (exact > 1e-300) expect(chanceOfAtLeast(count, events, p) / exact).toBeCloseTo(1, 6);
      }),
    );
  });

  it("stays between 0 and 1 and falls as the count grows, up to 2^53 events", () => {
    const events = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(events, events, fc.double({ min: 0, max: 1, noNaN: true }), (n, count, p) => {
        const chance = chanceOfAtLeast(count, n, p);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(chanceOfAtLeast(count + 1, n, p)).toBeLessThanOrEqual(chance + 1e-12);
      }),
    );
  });

  it("agrees with the bell where counts are large", () => {
    // 2.326 standard deviations above the mean leave one in a hundred.
    const at = (sigmas: number) => 1e10 * 0.001 + sigmas * Math.sqrt(1e10 * 0.001 * 0.999);
    expect(chanceOfAtLeast(Math.round(at(2.326)), 1e10, 0.001)).toBeCloseTo(0.01, 4);
    expect(isBeyondChance(Math.round(at(2.4)), 1e10, 0.001)).toBe(true);
    expect(isBeyondChance(Math.round(at(2.2)), 1e10, 0.001)).toBe(false);
    // Where the bell takes over from the sum, both say nearly the same.
    for (const count of [1_005_000, 1_002_400, 1_001_000]) {
      const [summed, bell] = [999_000_000, 1_003_000_000].map((events) =>
        chanceOfAtLeast(count, events, 1_000_000 / events),
      );
      expect(summed).toBeCloseTo(bell ?? 0, 3);
    }
  });
});

describe("a share of few events", () => {
  it("is no finding while chance explains it", () => {
    expect(isBeyondChance(1, 50, 0.001)).toBe(false);
    expect(isBeyondChance(1, 57, 0.005)).toBe(false);
    expect(isBeyondChance(3, 57, 0.005)).toBe(true);
    expect(isBeyondChance(5, 1000, 0.01)).toBe(false);
    expect(isBeyondChance(20, 1000, 0.01)).toBe(true);
  });

  it("is one as soon as there are many", () => {
    expect(isBeyondChance(10_100, 1_000_000, 0.01)).toBe(false);
    expect(isBeyondChance(10_300, 1_000_000, 0.01)).toBe(true);
    expect(isBeyondChance(150_000_000, 1_000_000_000, 0.1)).toBe(true);
  });

  it("needs nothing to compare with where nothing was to be expected", () => {
    expect(isBeyondChance(1, 0, 0.5)).toBe(true);
  });

  it("of nothing is never one", () => {
    const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(whole, fc.double({ min: 0, max: 1, noNaN: true }), (events, share) => {
        expect(isBeyondChance(0, events, share)).toBe(false);
      }),
    );
  });

  it("is said by how often chance does it", () => {
    expect(sayChance(1, 50, 0.001)).toBe("chance alone does this once in 20 hours");
    expect(sayChance(2, 1000, 0.01)).toBe("chance alone does this in most hours");
  });
});

function tailTermByTerm(count: number, events: number, share: number): number {
  let sum = 0;
  for (let each = count; each <= events; each += 1)
    sum += Math.exp(logChoose(events, each) + each * Math.log(share) + (events - each) * Math.log1p(-share));
  return sum;
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let each = 1; each <= k; each += 1) sum += Math.log((n - k + each) / each);
  return sum;
}
