import { expect, test } from "vitest";
import { chartSpan, chartTicks, chartTop, placeOn, pointAt } from "./lag-chart-model.ts";

const history = {
  datacenter: "sjc",
  from: "2026-11-22T07:02:00Z",
  stepSeconds: 120,
  lagSeconds: Array<number | null>(180).fill(60),
  asOf: "2026-11-22T13:01:00Z",
};
const span = chartSpan(history);

test("the scale ends at round hours, and never below one", () => {
  expect([chartTop([60]), chartTop([3_601]), chartTop([3 * 3_600]), chartTop([60 * 3_600, null])]).toEqual(
    [1, 2, 4, 72].map((hours) => hours * 3_600),
  );
});
test("whole hours are named along the axis", () => {
  expect(chartTicks(span).map(({ at }) => at.slice(11, 16))).toEqual([
    "08:00",
    "09:00",
    "10:00",
    "11:00",
    "12:00",
    "13:00",
  ]);
});
test("what began before the chart has no place on it", () => {
  expect(placeOn(span, "2026-11-22T07:00:00Z")).toBeNull();
  expect(placeOn(span, "2026-11-22T07:02:00Z")).toBe(0);
  expect(placeOn(span, "2026-11-22T13:00:00Z")).toBe(1);
});
test("the pointer finds the nearest point, and stays within", () => {
  expect([pointAt(history, -1), pointAt(history, 0.5), pointAt(history, 2)]).toEqual([0, 90, 179]);
});
