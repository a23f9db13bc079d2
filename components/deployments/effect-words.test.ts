import { expect, test } from "vitest";
import type { EffectJson } from "#domain/api/deployment-effect.ts";
import { effectWords, formatDelay, formatLoss } from "./effect-words.ts";

const effect: EffectJson = {
  verdict: "worse",
  pairs: 23,
  medianBefore: 600,
  medianAfter: 2_400,
  change: 1_800,
  interval: { low: 1_500, high: 2_100 },
  p: 0.001,
  effectSize: 1,
};

test("a change is said with its interval", () => {
  expect(effectWords(effect, formatDelay)).toBe("worse: 10 min before, 40 min after, +30 min (+25 min to +35 min)");
});

test("where none is seen the interval says what may still be", () => {
  const none: EffectJson = { ...effect, verdict: "no_change_seen", interval: { low: -30, high: 45 }, medianAfter: 610 };
  expect(effectWords(none, formatDelay)).toBe(
    "no change detected: 10 min before, 10 min after (change of −30 s to +45 s)",
  );
});

test("too few hours claim nothing, and show their medians", () => {
  const few: EffectJson = { ...effect, verdict: "too_few_hours", pairs: 1, change: null, interval: null };
  expect(effectWords(few, formatDelay)).toBe("10 min before, 40 min after; too few hours to compare (1 pair)");
  expect(effectWords({ ...few, pairs: 0, medianBefore: null }, formatDelay)).toBe("too few hours to compare (0 pairs)");
});

test("losses are shares", () => {
  expect([0, 0.000_001, 0.000_12, 0.25].map(formatLoss)).toEqual(["0 %", "under 0.001 %", "0.012 %", "25 %"]);
});
