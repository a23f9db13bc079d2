import { expect, test } from "vitest";
import { burnDown } from "./burn-down.ts";

test("what is left after each day, below nothing when overspent", () => {
  expect(burnDown([0, 1, 0, 4], 4)).toEqual([1, 0.75, 0.75, -0.25]);
});

test("an objective of all has no budget to burn", () => {
  expect(burnDown([0, 1], 0)).toEqual([null, null]);
});
