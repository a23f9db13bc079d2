import { expect, test } from "vitest";
import type { SloItemJson } from "../api/slo.ts";
import { allWithChanges } from "./compare-months.ts";
import { formatPoints } from "./points.ts";

const item = (name: string, attainment: number | null) => {
  const measure = { basis: "hours", change: null, hours: { attainment }, events: { attainment } };
  return { scope: "tier", name, timeliness: measure, completeness: measure, skew: measure } as unknown as SloItemJson;
};

test("a tier is compared with itself, in percentage points, and only if both months have data", () => {
  const now = [item("high", 0.996), item("low", null), item("new", 1)];
  const compared = allWithChanges(now, [item("high", 0.9995), item("low", 0.9)]);
  expect(compared.map(({ name, timeliness }) => [name, timeliness.change])).toEqual([
    ["high", -0.35],
    ["low", null],
    ["new", null],
  ]);
});

test.each([
  [0, "no change"],
  [0.35, "+0.35 points"],
  [-1.2, "−1.2 points"],
  [1, "+1 point"],
  [-0.0004, "−0.0004 points"],
  [100, "+100 points"],
])("a change of %d reads %s", (points, words) => {
  expect(formatPoints(points)).toBe(words);
});
