import { expect, test } from "vitest";
import { Declarations } from "./declarations.ts";

const minuteMs = 60_000;
const start = Date.parse("2026-11-22T13:40:00Z");
/** Minutes after the start, by a clock that is right. */
const at = (minutes: number) => ({ nowMs: start + minutes * minuteMs, runningMs: minutes * minuteMs });

function declared() {
  const declarations = new Declarations(at(0));
  declarations.declare({ eventType: "RefundIssued", stage: "produced" }, start);
  return declarations;
}
const hours = (declarations: Declarations, ...clocks: Parameters<Declarations["pass"]>) =>
  declarations.pass(...clocks).map(({ hour }) => hour);

test("an hour that passed is said once, when it is over", () => {
  const declarations = declared();
  expect(hours(declarations, at(19))).toEqual([]);
  expect(hours(declarations, at(20))).toEqual(["2026-11-22T13"]);
  expect(hours(declarations, at(21))).toEqual([]);
});

test("every hour between is said when the process was held up", () => {
  expect(hours(declared(), at(150))).toEqual(["2026-11-22T13", "2026-11-22T14", "2026-11-22T15"]);
});

test("nothing is said of hours that passed only because the clock was set, or while the machine slept", () => {
  const declarations = declared();
  expect(hours(declarations, { nowMs: at(24 * 60).nowMs, runningMs: at(1).runningMs })).toEqual([]);
  expect(hours(declarations, { nowMs: at(24 * 60 + 20).nowMs, runningMs: at(21).runningMs })).toEqual([
    "2026-11-23T13",
  ]);
});

test("a machine that boots in 1970 declares nothing of the years until its clock is right", () => {
  const declarations = new Declarations({ nowMs: 0, runningMs: 0 });
  declarations.declare({ eventType: "RefundIssued", stage: "produced" }, 0);
  expect(hours(declarations, { nowMs: start, runningMs: 15_000 })).toEqual([]);
});

test("a clock that is set back says no hour before it is over again", () => {
  const declarations = declared();
  expect(hours(declarations, at(20))).toHaveLength(1);
  expect(hours(declarations, { nowMs: at(-100).nowMs, runningMs: at(21).runningMs })).toEqual([]);
  expect(hours(declarations, { nowMs: at(-95).nowMs, runningMs: at(26).runningMs })).toEqual([]);
});

test("who ends says the hour under way too", () => {
  const declarations = declared();
  expect(hours(declarations, at(5), true)).toEqual(["2026-11-22T13"]);
  expect(hours(declarations, at(6))).toEqual([]);
});
