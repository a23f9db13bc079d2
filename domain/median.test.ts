import { expect, test } from "vitest";
import { median } from "./median.ts";

test.each([
  [[], null],
  [[7], 7],
  [[30, 10, 20], 20],
  [[40, 10], 25],
  [[9, 10, 100, 1], 9.5],
])("the median of %j is %j", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test("what it was given stays in its order", () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});
