import { describe, expect, it } from "vitest";
import { formatDuration, formatTerm, secondsBetween } from "./duration.ts";

describe("formatDuration", () => {
  it.each([
    [0, "0 s"],
    [59.9, "59 s"],
    [60, "1 min"],
    [62 * 60 + 59, "62 min"],
    [119 * 60, "119 min"],
    [2 * 3600, "2 h 00 min"],
    [3 * 3600 + 5 * 60, "3 h 05 min"],
    [71 * 3600 + 59 * 60, "71 h 59 min"],
    [4 * 86_400 + 6 * 3600, "4 d 6 h"],
    [-5, "0 s"],
  ])("%d s is %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("formatTerm", () => {
  it.each([
    [3600, "60 min"],
    [7200, "2 h"],
    [86_400, "24 h"],
    [259_200, "72 h"],
    [9000, "2 h 30 min"],
    [90, "1 min"],
  ])("%d s is %s", (seconds, text) => {
    expect(formatTerm(seconds)).toBe(text);
  });
});

it("secondsBetween is negative when the second instant is earlier", () => {
  expect(secondsBetween("2026-11-22T14:00:00Z", "2026-11-22T13:59:00.500Z")).toBe(-59.5);
});
