import { expect, test } from "vitest";
import { sparklinePaths, sparklineTop } from "./sparkline-path.ts";

test("points are spread over the width, and the largest touches the top", () => {
  const { line, area, end } = sparklinePaths([0, 5, 10], { top: 10 });
  expect(line).toBe("M0 100L50 50L100 0");
  expect(area).toBe("M0 100L0 100L50 50L100 0L100 100Z");
  expect(end).toEqual({ x: 100, y: 0 });
});
test("an unknown point is a gap, never zero", () => {
  const { line } = sparklinePaths([10, 10, null, 10, 10], { top: 10 });
  expect(line).toBe("M0 0L25 0M75 0L100 0");
});
test("a known point between unknown ones is still drawn", () => {
  const { line, end } = sparklinePaths([null, 10, null, null, null], { top: 10 });
  expect(line).toBe("M16.7 0L33.3 0");
  expect(end).toEqual({ x: 25, y: 0 });
});
test("values outside the scale are drawn at its edges", () => {
  expect(sparklinePaths([-5, 50], { top: 10 }).line).toBe("M0 100L100 0");
});
test("nothing known is nothing drawn", () => {
  expect(sparklinePaths([null, null], { top: 10 })).toEqual({ line: "", area: "", end: null });
  expect(sparklinePaths([], { top: 10 }).end).toBeNull();
});
test("small values do not fill the box", () => {
  expect(sparklineTop([60, null, 120], 900)).toBe(900);
  expect(sparklineTop([60, 1200], 900)).toBe(1200);
});
test("what is expected after the newest point takes the rest of the width", () => {
  const { line, end } = sparklinePaths([0, 5, 10], { top: 10, width: 0.75 });
  expect(line).toBe("M0 100L37.5 50L75 0");
  expect(end).toEqual({ x: 75, y: 0 });
});
