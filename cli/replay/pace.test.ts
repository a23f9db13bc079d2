import { expect, test } from "vitest";
import { atOnce, atRate, atSpeed, followingClock } from "./pace.ts";

const first = Date.parse("2001-01-01T00:00:00Z");

test("at once nothing waits", () => {
  expect(atOnce(first, 1_000)).toBe(0);
});

test("at 60 times the pace a minute of the events is a second", () => {
  let now = 5_000;
  const pace = atSpeed(60, () => now);
  expect(pace(first, 0)).toBe(0);
  expect(pace(first + 60_000, 1)).toBe(1_000);
  now += 1_500;
  expect(pace(first + 60_000, 1)).toBe(-500);
});

test("an event without a time is not waited for", () => {
  expect(atSpeed(1, () => 0)(null, 0)).toBe(0);
});

test("100 events a second: the 51st half a second after the first", () => {
  const pace = atRate(100, () => 0);
  expect(pace(null, 50)).toBe(500);
});

test("following the product's clock at 2,000 times, an hour ahead is 1.8 s away", () => {
  let now = 0;
  const pace = followingClock(
    () => ({ nowMs: first, speed: 2_000, readAtMs: 0 }),
    () => now,
  );
  expect(pace(first + 3_600_000, 0)).toBe(1_800);
  now = 1_800;
  expect(pace(first + 3_600_000, 0)).toBe(0);
});
