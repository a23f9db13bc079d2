import { expect, test } from "vitest";
import { bandOf } from "./usual-band.ts";

test("the band reaches from the least to the greatest, with the middle between them", () => {
  expect(bandOf([30, 10, 20])).toEqual({ low: 10, median: 20, high: 30 });
  expect(bandOf([40, 10, 20, 30])).toEqual({ low: 10, median: 25, high: 40 });
});

test("two values are no band", () => {
  expect(bandOf([10, 20])).toBeNull();
});
