import fc from "fast-check";
import { expect, test } from "vitest";
import { cumulativeHazard, delayGridMs, gridIndex } from "./delay-grid.ts";

const rising = delayGridMs.map((_, at) => 0.5 + at * 0.25);

test("nothing closes before the hour's end, what closes at the end closes there", () => {
  expect(cumulativeHazard(rising, -1)).toBe(0);
  expect(cumulativeHazard(rising, 0)).toBe(0.5);
});

test("between two places of the grid it runs evenly, beyond the last one ten times as long leaves a tenth open", () => {
  expect(cumulativeHazard(rising, 30_000)).toBeCloseTo(0.625);
  const last = delayGridMs.at(-1) as number;
  const open = (delayMs: number) => Math.exp(-cumulativeHazard(rising, delayMs));
  expect(open(10 * last) / open(last)).toBeCloseTo(0.1);
});

test("a longer wait never has less hazard, and hardly longer hardly more", () => {
  const delays = fc.double({ min: -1e7, max: 1e10, noNaN: true });
  fc.assert(
    fc.property(delays, delays, (a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      expect(cumulativeHazard(rising, more)).toBeGreaterThanOrEqual(cumulativeHazard(rising, less));
      if (less > 0) expect(cumulativeHazard(rising, less + 1) - cumulativeHazard(rising, less)).toBeLessThan(1e-4);
    }),
  );
});

test("a delay's place is the first at or after it", () => {
  expect([-5, 0, 1, 60_000, 60_001, 1e12].map(gridIndex)).toEqual([0, 0, 1, 1, 2, delayGridMs.length]);
});
