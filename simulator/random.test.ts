import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poisson, randomAt, randomOf, shareOf } from "./random.ts";

const hour = new Date("2026-11-22T13:00:00Z");
const draw = (seed: number, name: string, at: Date) => {
  const random = randomAt(seed, name, at);
  return [random(), random(), random()];
};

describe("chance", () => {
  it("is the same for the same seed, name and hour", () => {
    expect(draw(1, "volume/EndSong/lon", hour)).toEqual(draw(1, "volume/EndSong/lon", hour));
  });

  it("is another for another seed, name or hour", () => {
    const drawn = [
      draw(1, "volume/EndSong/lon", hour),
      draw(2, "volume/EndSong/lon", hour),
      draw(1, "volume/EndSong/ash", hour),
      draw(1, "volume/EndSong/lon", new Date("2026-11-22T14:00:00Z")),
    ].map(String);
    expect(new Set(drawn).size).toBe(4);
  });

  it("is spread evenly from 0 to 1", () => {
    const random = randomOf(7, "spread");
    const tenths = new Array<number>(10).fill(0);
    for (let count = 0; count < 20_000; count++) {
      const tenth = Math.floor(random() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const tenth of tenths) expect(Math.abs(tenth - 2_000)).toBeLessThan(200);
  });
});

describe("counts", () => {
  it.each([0.4, 8, 49, 51, 90_000])("have a mean of %d and its square root as their spread", (mean) => {
    const random = randomOf(3, `poisson/${mean}`);
    const counts = Array.from({ length: 4_000 }, () => poisson(random, mean));
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
    expect(Math.abs(average - mean) / Math.sqrt(mean / counts.length)).toBeLessThan(5);
    expect(variance / mean).toBeGreaterThan(0.85);
    expect(variance / mean).toBeLessThan(1.15);
  });

  it("never hit more events than there are", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (seed, count, share) => {
        const hit = shareOf(randomOf(seed, "share"), count, share);
        return Number.isInteger(hit) && hit >= 0 && hit <= count;
      }),
    );
  });
});
