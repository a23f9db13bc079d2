import { expect, test } from "vitest";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { encodeStrip } from "#domain/strip.ts";
import { percentOf, trendOf, usedShare } from "./row-figures.ts";

const cells = (delays: (number | null)[]) =>
  encodeStrip(
    delays.map((closingDelaySeconds) => {
      const marks = { amended: false, accepted: false, deadlineMet: closingDelaySeconds === null ? null : true };
      return { state: "complete", closingDelaySeconds, ...marks };
    }),
  );
const day = (usual: number, recent: number) => cells([...Array(16).fill(usual), ...Array(4).fill(recent), null]);
const row = (part: Partial<CompactBoardRowJson>) =>
  ({ deadlineSeconds: 7_200, delaySeconds: null, forecast: null, ...part }) as CompactBoardRowJson;
const forecast = { breachProbability: 0.344, closesAt: { p50: "2026-11-22T15:00:00Z", p90: "2026-11-22T16:00:00Z" } };

test("four hours that closed twenty minutes later than usual: slower", () => {
  expect(trendOf(day(780, 1_980))).toEqual({ direction: "slower", bySeconds: 1_200 });
});
test("and earlier: faster", () => {
  expect(trendOf(day(1_980, 780))).toEqual({ direction: "faster", bySeconds: 1_200 });
});
test("one slow hour of four is no trend", () => {
  expect(trendOf(cells([...Array(16).fill(780), 780, 780, 9_000, 780]))).toBeNull();
});
test("a difference within a quarter of what is usual, or of less than five minutes, is none", () => {
  expect(trendOf(day(7_200, 8_400))).toBeNull();
  expect(trendOf(day(60, 300))).toBeNull();
});
test("shows no comparison after too few closed hours", () => {
  expect(trendOf(cells([780, 780, 780, 1_980, 1_980, 1_980, 1_980]))).toBeNull();
});
test("a forecast is shown until the deadline is missed", () => {
  expect(percentOf(row({ forecast }))).toBe(34);
  expect(percentOf(row({ forecast, delaySeconds: 7_201 }))).toBeNull();
  expect(percentOf(row({}))).toBeNull();
});
test("the share of the deadline that is used", () => {
  expect([row({}), row({ delaySeconds: 1_800 }), row({ delaySeconds: 9_000 })].map(usedShare)).toEqual([0, 0.25, 1]);
});
