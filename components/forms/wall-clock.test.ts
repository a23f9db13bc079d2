import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readDay, readWallClock, writeWallClock } from "./wall-clock.ts";

beforeEach(() => {
  vi.stubEnv("TZ", "Europe/Stockholm");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ["UTC is read as UTC", "2026-11-22 13:04", "utc", "2026-11-22T13:04:00.000Z"],
  ["local time by the browser's zone", "2026-11-22 13:04", "local", "2026-11-22T12:04:00.000Z"],
  ["summer time too", "2026-07-22 13:04", "local", "2026-07-22T11:04:00.000Z"],
  ["a Z makes it UTC in any zone", "2026-11-22T13:04Z", "local", "2026-11-22T13:04:00.000Z"],
  ["an hour that the browser's zone skips is one in UTC", "2026-03-29 02:30", "utc", "2026-03-29T02:30:00.000Z"],
  ["seconds are left out", "2026-11-22 13:04:59", "utc", "2026-11-22T13:04:00.000Z"],
  ["spaces around it do not matter", " 2026-11-22 13:04 ", "utc", "2026-11-22T13:04:00.000Z"],
  ["half a time is none yet", "2026-11-22 13:", "utc", null],
  ["a day alone is none", "2026-11-22", "utc", null],
  ["a day that the month lacks is none", "2026-02-30 13:04", "local", null],
  ["an hour that the day lacks is none", "2026-11-22 25:04", "utc", null],
] as const)("%s", (_, text, zone, instantAt) => {
  expect(readWallClock(text, zone)).toBe(instantAt);
});

test.each([
  ["utc", "2026-03-29 02:30"],
  ["local", "2026-03-29 04:30"],
] as const)("an instant is shown in %s, and read back as the same", (zone, text) => {
  const instantAt = "2026-03-29T02:30:00.000Z";
  expect(writeWallClock(instantAt, zone)).toBe(text);
  expect(readWallClock(text, zone)).toBe(instantAt);
});

test("a day is one of the calendar", () => {
  expect(["2026-11-22", " 2028-02-29 ", "2026-02-29", "2026-11-22 13:04", "22 Nov"].map(readDay)).toEqual([
    "2026-11-22",
    "2028-02-29",
    null,
    null,
    null,
  ]);
});
