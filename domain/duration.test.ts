import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDuration, formatElapsed, parseDuration } from "./duration.ts";

test.each([
  ["90s", 90],
  ["60m", 3_600],
  ["2h", 7_200],
  ["3d", 259_200],
  ["0s", 0],
  ["2147483647s", 2_147_483_647],
])("%s is %i seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  "",
  "90",
  "s",
  "1.5h",
  "-5m",
  "+5m",
  "5 m",
  "5M",
  "1h30m",
  "2w",
  " 1h",
  "1h\n",
  "1e3s",
  "2147483648s",
  "99999d",
  "１h",
])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeNull();
});

test.each([
  [0, "0s"],
  [90, "90s"],
  [3_600, "1h"],
  [5_400, "90m"],
  [86_400, "1d"],
  [90_000, "25h"],
])("%i seconds are written %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("every duration reads back as it was written", () => {
  const durations = fc.oneof(fc.nat(100_000), fc.nat(2_147_483_647));
  fc.assert(fc.property(durations, (seconds) => parseDuration(formatDuration(seconds)) === seconds));
});

describe("formatElapsed", () => {
  test.each([
    [0, "0 s"],
    [45.9, "45 s"],
    [59.999, "59 s"],
    [60, "1 min"],
    [3_720, "62 min"],
    [7_199, "119 min"],
    [7_200, "2 h 00 min"],
    [11_100, "3 h 05 min"],
    [172_799, "47 h 59 min"],
    [172_800, "2 d 0 h"],
    [200_000, "2 d 7 h"],
    [-300, "−5 min"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(formatElapsed(seconds)).toBe(text);
  });
});
