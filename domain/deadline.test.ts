import { expect, test } from "vitest";
import { isDeadlineMet } from "./deadline.ts";

test("closed by the deadline's very millisecond is in time, and stays so", () => {
  expect(isDeadlineMet(1_000, 1_000, 9_000)).toBe(true);
  expect(isDeadlineMet(1_001, 1_000, 9_000)).toBe(false);
});
test("an hour that is not closed misses its deadline when it passes", () => {
  expect(isDeadlineMet(null, 1_000, 1_000)).toBeNull();
  expect(isDeadlineMet(null, 1_000, 1_001)).toBe(false);
});
