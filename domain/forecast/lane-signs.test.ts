import { expect, test } from "vitest";
import { projectionAt, standingAt } from "./lane-features.ts";
import { type LiveLane, meanLag, noSigns, readSigns } from "./lane-signs.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 22, 13);
const endMs = Date.UTC(2026, 10, 22, 14);
const asked = { endMs, lateMs: 30 * minuteMs, nowMs: endMs };
const live: LiveLane = { watermarkMs: null, crossedAtMs: null, backlogAgeMs: null, produced: null, delivered: 0 };

const projected = (watermarkMinute: number, crossedMinute: number | null, nowMinute: number) => {
  const at = (minute: number) => startMs + minute * minuteMs;
  const lane = {
    ...live,
    watermarkMs: at(watermarkMinute),
    crossedAtMs: crossedMinute === null ? null : at(crossedMinute),
  };
  return (readSigns(lane, { ...asked, nowMs: at(nowMinute) }, null).projectedDelayMs as number) / minuteMs;
};

test("what was never said is not known", () => {
  expect(readSigns(live, asked, null)).toEqual(noSigns);
  expect(meanLag([], 30 * minuteMs, endMs)).toBeNull();
});

test("events that are delivered twice do not hide others as less than nothing", () => {
  expect(readSigns({ ...live, produced: 10, delivered: 4 }, asked, null).undelivered).toBe(6);
  expect(readSigns({ ...live, produced: 10, delivered: 12 }, asked, null).undelivered).toBe(0);
});

test("a watermark that keeps pace arrives as late as behind", () => {
  expect(projected(50, 10, 60)).toBeCloseTo(10, 0);
  expect(projected(50, null, 60)).toBeCloseTo(10, 0);
});

test("one that stands still or crawls will be later the longer it does, one that catches up earlier", () => {
  const pace = projected(30, 5, 60);
  expect(projected(10, 5, 60)).toBeGreaterThan(projected(20, 5, 60));
  expect(projected(20, 5, 60)).toBeGreaterThan(pace);
  expect(projected(20, 5, 120)).toBeGreaterThan(120);
  expect(projected(50, 40, 60)).toBeLessThan(10);
});

test("watermarks' lag is a mean in multiples of late, none above two", () => {
  const behind = (minutes: number) => endMs - minutes * minuteMs;
  expect(meanLag([behind(15), behind(30)], 30 * minuteMs, endMs)).toBe(0.75);
  expect(meanLag([behind(600), behind(-5)], 30 * minuteMs, endMs)).toBe(1);
});

test("a backlog is as old as its oldest event, in multiples of late, at most two", () => {
  const backlog = (minutes: number) => readSigns({ ...live, backlogAgeMs: minutes * minuteMs }, asked, null).backlog;
  expect([0, 15, 600].map(backlog)).toEqual([0, 0.5, 2]);
});

test("a projected delay is seen against the one that is asked about", () => {
  const signs = { ...noSigns, projectedDelayMs: 55 * minuteMs };
  expect(projectionAt(signs, 60 * minuteMs)).toBeCloseTo(0);
  expect(projectionAt(signs, 120 * minuteMs)).toBeLessThan(0);
  expect(projectionAt({ ...signs, projectedDelayMs: 1e12 }, minuteMs)).toBe(2);
  expect(projectionAt(noSigns, minuteMs)).toBeNaN();
});

test("the watermark must stand so many times as long as it has stood already; a minute at the least, and never less than no longer", () => {
  const signs = { ...noSigns, watermarkAgeMs: 30 * minuteMs };
  expect(standingAt(signs, 15 * minuteMs, 60 * minuteMs)).toBeCloseTo(-Math.log(75 / 30));
  expect(standingAt(signs, 15 * minuteMs, 15 * minuteMs)).toBeCloseTo(0);
  expect(standingAt({ ...signs, watermarkAgeMs: 0 }, 0, 9 * minuteMs)).toBeCloseTo(-Math.log(10));
  expect(standingAt(signs, 0, 1e12)).toBe(-5);
  expect(standingAt(noSigns, 0, minuteMs)).toBeNaN();
});
