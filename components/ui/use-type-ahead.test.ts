import { expect, test } from "vitest";
import { findTyped } from "./use-type-ahead.ts";

const options = ["all", "Ads", "content", "payments", "player"].map((label) => ({ label }));

test.each([
  ["a letter finds the next that begins with it", 0, "a", 1],
  ["the same letter again goes on, and around", 1, "aa", 0],
  ["more letters stay on an option that fits them", 3, "pa", 3],
  ["more letters leave one that does not", 3, "pl", 4],
  ["case does not matter", 0, "PAY", 3],
  ["nothing begins with it", 2, "x", -1],
  ["nothing is chosen yet", -1, "c", 2],
])("%s", (_, current, typed, found) => {
  expect(findTyped(options, current, typed)).toBe(found);
});
