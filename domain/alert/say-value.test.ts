import { expect, test } from "vitest";
import { sayValue } from "./say-value.ts";

test.each([
  ["share", 0.05, "5 %"],
  ["share", 0.001, "0.1 %"],
  ["events", 1, "1"],
  ["events", 12_345, "12,345"],
  ["seconds", 4_666, "77 min"],
  ["seconds", 3_000, "50 min"],
  ["seconds", 345_600, "96 h"],
  ["deadlineShare", 1.2345, "123 % of its deadline"],
  ["ratio", 0.4217, "0.42 times"],
  ["ratio", 2, "2 times"],
  [null, 14.44, "14 times"],
] as const)("%s: %f is %s", (unit, value, said) => {
  expect(sayValue(unit, value)).toBe(said);
});
