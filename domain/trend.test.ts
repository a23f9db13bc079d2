import { expect, test } from "vitest";
import { trendDays, weekCarpet } from "./trend.ts";

const zeros = (count: number) => Array<number | null>(count).fill(0);
const columns = (part: object) => ({
  from: new Date("2026-11-16T00:00:00Z"),
  closingDelaySeconds: zeros(48),
  produced: zeros(48),
  lost: zeros(48),
  duplicated: zeros(48),
  skewed: zeros(48),
  ...part,
});

test("percentiles are of the day's closed hours alone", () => {
  const delays = [...Array.from({ length: 20 }, (_, at) => (at + 1) * 60), null, null, null, null, ...zeros(24)];
  const [first, second] = trendDays(columns({ closingDelaySeconds: delays }));
  expect(first).toMatchObject({ day: "2026-11-16", p50: 600, p90: 1_080, max: 1_200 });
  expect(second).toMatchObject({ day: "2026-11-17", p50: 0, p90: 0, max: 0 });
});

test("shares are of events: an hour with a hundred weighs a hundred times one with one", () => {
  const produced = [100, 1, ...zeros(46)];
  const [first, second] = trendDays(columns({ produced, lost: [1, 1, ...zeros(46)], skewed: [null, 0, ...zeros(46)] }));
  expect(first?.lostShare).toBeCloseTo(2 / 101);
  expect(first?.skewedShare).toBe(0);
  expect(second?.lostShare).toBeNull();
});

test("a day without a closed hour has no percentile", () => {
  const [first] = trendDays(columns({ closingDelaySeconds: Array(24).fill(null) }));
  expect(first).toMatchObject({ p50: null, p90: null, max: null });
});

test("the carpet begins on Monday at 00 UTC wherever the hours begin, and takes the median of the weeks", () => {
  // From a Wednesday: two of its 00:00 hours, a week apart, and one Monday.
  const closingDelaySeconds = Array<number | null>(169).fill(null);
  closingDelaySeconds[0] = 100;
  closingDelaySeconds[168] = 300;
  closingDelaySeconds[120] = 50;
  const carpet = weekCarpet({ from: new Date("2026-11-18T00:00:00Z"), closingDelaySeconds });
  expect(carpet).toHaveLength(168);
  expect([carpet[0], carpet[48]]).toEqual([50, 100]);
  expect(carpet.filter((each) => each !== null)).toHaveLength(2);
});
