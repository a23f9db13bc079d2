import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount, formatCountOf, formatShare } from "./figures.ts";

test("counts have separators, whatever their size", () => {
  expect(formatCount(4_310)).toBe("4,310");
  expect(formatCount(123_456_789_012_345_678n)).toBe("123,456,789,012,345,678");
  expect(formatCountOf(1, "event")).toBe("1 event");
  expect(formatCountOf(0, "event")).toBe("0 events");
});

test("counts are written as Intl writes them in English", () => {
  const intl = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  const isSame = (count: bigint | number) => {
    expect(formatCount(count)).toBe(intl.format(count));
  };
  fc.assert(fc.property(fc.bigInt(), isSame));
  fc.assert(fc.property(fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true }), isSame));
});

test.each([
  [12, 4_310, "0.28 %"],
  [1, 3, "33.34 %"],
  [1, 2, "50 %"],
  [5, 1_000, "0.5 %"],
  [9_999n, 100_000n, "10 %"],
  [0, 7, "0 %"],
  [7, 7, "100 %"],
  [40, 10, "400 %"],
  [1, 1_000_000_000, "0.0000001 %"],
  [999_999, 1_000_000, "99.9999 %"],
])("%d of %d is %s", (part, whole, text) => {
  expect(formatShare(part, whole)).toBe(text);
});
