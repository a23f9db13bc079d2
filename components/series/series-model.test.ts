import { expect, test } from "vitest";
import {
  axisEnd,
  instantUnder,
  lagTicksOf,
  linesOf,
  pointsOf,
  recoveryAhead,
  type Series,
  ticksOf,
} from "./series-model.ts";

const point = (time: string, lagSeconds: (number | null)[], part = {}) => ({
  at: `2026-11-22T${time}:00Z`,
  firing: 1,
  waiting: null,
  lagSeconds,
  ...part,
});
const series = (points: Series["points"], datacenters = ["ams", "lon"]): Series => ({
  stepSeconds: 60,
  datacenters,
  points,
});

test("the datacenter that was furthest behind is the first line, and no two look alike", () => {
  const lines = linesOf(series([point("10:00", [60, 900]), point("10:01", [120, null])]));
  expect(lines.map(({ datacenter }) => datacenter)).toEqual(["lon", "ams"]);
  expect(new Set(lines.map(({ ink, dash }) => ink + dash)).size).toBe(2);
  const many = Array.from({ length: 20 }, (_, at) => `dc-${at}`);
  expect(
    linesOf(
      series(
        [
          point(
            "10:00",
            many.map((_, at) => at),
          ),
        ],
        many,
      ),
    ),
  ).toHaveLength(6);
});

test("missing minutes end the line, and unknown is never zero", () => {
  const points = pointsOf(series([point("10:00", [60, null]), point("10:01", [60, null]), point("10:30", [90, 5])]));
  expect(points.map(({ lags, firing }) => [lags, firing])).toEqual([
    [[60, null], 1],
    [[60, null], 1],
    [[null, null], null],
    [[90, 5], 1],
  ]);
  expect(points.every(({ waiting }) => waiting === null)).toBe(true);
});

test("the axis has round instants", () => {
  const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`);
  expect(ticksOf(at("10:07"), at("11:02"), 6).map((ms) => new Date(ms).toISOString().slice(11, 16))).toEqual([
    "10:10",
    "10:20",
    "10:30",
    "10:40",
    "10:50",
    "11:00",
  ]);
  expect(ticksOf(at("10:00"), at("10:00"), 6)).toEqual([at("10:00")]);
});

test("lags have round steps up to the longest", () => {
  const ticks = (...lags: (number | null)[]) =>
    lagTicksOf([{ ms: 0, firing: null, waiting: null, lags }]).map((seconds) => seconds / 60);
  expect(ticks(7_140, 300)).toEqual([0, 30, 60, 90, 120]);
  expect(ticks(7_260)).toEqual([0, 60, 120, 180]);
  expect(ticks(20)).toEqual([0, 1]);
  expect(ticks(null)).toEqual([0, 1]);
});

test("an expected recovery extends the axis to its p90, unless another end was chosen", () => {
  const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`);
  const recovery = recoveryAhead({ p50At: "2026-11-22T15:37:00Z", p90At: "2026-11-22T15:52:00Z" }, at("15:22"));
  expect(recovery).toEqual({ p50Ms: at("15:37"), p90Ms: at("15:52") });
  expect(axisEnd({ toMs: at("15:22"), chosenTo: null, recovery })).toBe(at("15:52"));
  expect(axisEnd({ toMs: at("15:10"), chosenTo: "2026-11-22T15:10:00Z", recovery })).toBe(at("15:10"));
  // A zoom into the band: the API answers to the present.
  expect(axisEnd({ toMs: at("15:22"), chosenTo: "2026-11-22T15:40:00Z", recovery })).toBe(at("15:40"));
  expect(axisEnd({ toMs: at("15:22"), chosenTo: null, recovery: null })).toBe(at("15:22"));
});

test("a recovery whose p90 has passed is not drawn", () => {
  const recovery = { p50At: "2026-11-22T15:10:00Z", p90At: "2026-11-22T15:20:00Z" };
  expect(recoveryAhead(recovery, Date.parse("2026-11-22T15:19:00Z"))).not.toBeNull();
  expect(recoveryAhead(recovery, Date.parse("2026-11-22T15:20:00Z"))).toBeNull();
  expect(recoveryAhead(null, 0)).toBeNull();
});

test("the pointer's instant is within the axis", () => {
  const axis = { left: 88, width: 200, fromMs: 1_000, toMs: 2_000 };
  expect([0, 88, 188, 288, 400].map((x) => instantUnder(x, axis))).toEqual([1_000, 1_000, 1_500, 2_000, 2_000]);
});
