import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  countHours,
  cutNewest,
  intersectSpans,
  spansBefore,
  spansFrom,
  subtractSpans,
  uniteSpans,
} from "./hour-span.ts";

const hourMs = 3_600_000;
const span = (from: number, to: number) => ({ from: from * hourMs, to: to * hourMs });
const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 12 }))
    .map(([from, length]) => span(from, from + length)),
  { maxLength: 6 },
);
const hoursOf = (list: readonly { from: number; to: number }[]) =>
  new Set(
    list.flatMap(({ from, to }) => Array.from({ length: (to - from) / hourMs }, (_, index) => from / hourMs + index)),
  );

describe("spans hold the hours that sets of hours would", () => {
  test("when united, subtracted, intersected or cut", () => {
    fc.assert(
      fc.property(spans, spans, fc.integer({ min: 0, max: 45 }), (a, b, cut) => {
        const [of, others] = [hoursOf(a), hoursOf(b)];
        expect(hoursOf(uniteSpans(a))).toEqual(of);
        expect(hoursOf(subtractSpans(a, b))).toEqual(of.difference(others));
        expect(hoursOf(intersectSpans(a, b))).toEqual(of.intersection(others));
        expect(hoursOf([...spansBefore(a, cut * hourMs), ...spansFrom(a, cut * hourMs)])).toEqual(of);
        expect(countHours(uniteSpans(a))).toBe(of.size);
      }),
    );
  });
});

describe("the newest hours of all", () => {
  test("as many as may be, and the next older hour would be too many", () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 40 }), (list, limit) => {
        const cut = cutNewest(list, limit);
        expect(countHours(spansFrom(list, cut))).toBeLessThanOrEqual(limit);
        if (cut === Number.NEGATIVE_INFINITY) return;
        expect(countHours(spansFrom(list, cut - hourMs))).toBeGreaterThan(limit);
      }),
    );
  });

  test("few enough → all", () => {
    expect(cutNewest([span(3, 5), span(4, 9)], 7)).toBe(Number.NEGATIVE_INFINITY);
  });
});
