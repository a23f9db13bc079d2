import { expect, test } from "vitest";
import { FitTurns } from "./fit-turns.ts";

/** Looks every two seconds at histories of so many closed hours, each due, and says at which of them it learned. */
function learnedAt(closedHours: number[], tookMs = 100): number[] {
  const turns = new FitTurns();
  const learned: number[] = [];
  for (const [look, hours] of closedHours.entries()) {
    const nowMs = look * 2_000;
    if (!turns.isTimeToLook(nowMs) || !turns.isTurn({ due: true, closedHours: hours }, nowMs)) continue;
    learned.push(look);
    turns.noteFit(tookMs, nowMs);
  }
  return learned;
}

test("a history that has come to rest is learned from at the second look", () => {
  expect(learnedAt([5_000, 5_010])).toEqual([1]);
  expect(learnedAt([1, 3])).toEqual([1]);
});

test("an import is waited for", () => {
  expect(learnedAt([1_000, 3_000, 6_000, 9_000, 12_000, 13_400, 13_400])).toEqual([6]);
});

test("an import that takes long is learned from after a minute, again while it goes on, and at once when it ends", () => {
  const growing = Array.from({ length: 80 }, (_, look) => 1_000 + 1_000 * look);
  const learned = learnedAt([...growing, 80_000]);
  expect(learned).toEqual([30, 61, 80]);
});

test("after a fit it rests twenty times as long as that took, so that fits do not take the machine", () => {
  expect(learnedAt(Array(60).fill(5_000), 2_000)).toEqual([1, 22, 43]);
});

test("nothing is learned while nothing is due", () => {
  const turns = new FitTurns();
  expect([0, 2_000, 4_000].map((nowMs) => turns.isTurn({ due: false, closedHours: 100 }, nowMs))).toEqual([
    false,
    false,
    false,
  ]);
});
