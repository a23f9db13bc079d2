import { expect, test } from "vitest";
import { usualLimitSeconds } from "./delays.ts";

const limitOf = (p90Seconds: number, hours: number) =>
  usualLimitSeconds({ usualDelay: { p50Seconds: p90Seconds, p90Seconds, hours } });

test("later than usual is half as much again as the 90th percentile, and at least five minutes more", () => {
  expect(limitOf(1_200, 96)).toBe(1_800);
  expect(limitOf(60, 96)).toBe(360);
  expect(usualLimitSeconds({ usualDelay: null })).toBe(1_800);
});

test("one or two late closings are not what is usual", () => {
  expect(limitOf(3_300, 1)).toBe(1_800);
  expect(limitOf(3_300, 3)).toBe(4_950);
  expect(limitOf(60, 1)).toBe(360);
});
