import { describe, expect, test } from "vitest";
import type { EffectJson } from "./api/deployment-effect.ts";
import { correctForComparisons, type HourFigure, measureEffect } from "./deployment-effect.ts";

/** A generator with a seed: the same figures every time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Two days of delays in seconds with a rhythm of the day, a resemblance of neighbours, rare outliers, and a shift at the deployment. */
function twoDays(seed: number, { resemblance = 0, shift = 0 } = {}): HourFigure[] {
  const random = randomOf(seed);
  let noise = normal(random);
  return Array.from({ length: 48 }, (_, index) => {
    noise = resemblance * noise + Math.sqrt(1 - resemblance ** 2) * normal(random);
    const rhythm = 120 * Math.sin(((index % 24) / 24) * 2 * Math.PI);
    const outlier = random() < 0.01 ? 1_800 : 0;
    return { offset: index - 24, value: 600 + rhythm + 60 * noise + outlier + (index >= 24 ? shift : 0) };
  });
}

function shareSeen(runs: number, terms: { resemblance?: number; shift?: number }): number {
  const seen = Array.from({ length: runs }, (_, seed) => measureEffect(twoDays(seed + 1, terms)).verdict);
  return seen.filter((verdict) => verdict === "better" || verdict === "worse").length / runs;
}

describe("of deployments without any effect", () => {
  test("at most one in twenty seems to have one, rhythm of the day and outliers or not", () => {
    expect(shareSeen(4_000, {})).toBeLessThanOrEqual(0.05);
  });

  test("hours that resemble their neighbours (correlation 0.3) stay within it", () => {
    expect(shareSeen(4_000, { resemblance: 0.3 })).toBeLessThanOrEqual(0.05);
  });

  test("of twenty asked about at once, one of the family seems to have one in at most one family of twenty", () => {
    const families = Array.from({ length: 200 }, (_, family) =>
      correctForComparisons(Array.from({ length: 20 }, (_, each) => measureEffect(twoDays(family * 20 + each + 1)))),
    );
    const fooled = families.filter((family) => family.some(({ verdict }) => verdict !== "no_change_seen")).length;
    expect(fooled / families.length).toBeLessThanOrEqual(0.05);
  });
});

describe("of deployments with an effect", () => {
  test("two minutes more at noise of one are mostly seen, an outlying hour or not, with the true change in the interval", () => {
    expect(shareSeen(500, { shift: 120 })).toBeGreaterThan(0.75);
    const covered = Array.from({ length: 500 }, (_, seed) => measureEffect(twoDays(seed + 1, { shift: 120 }))).filter(
      ({ interval }) => interval && interval.low <= 120 && interval.high >= 120,
    );
    expect(covered.length / 500).toBeGreaterThanOrEqual(0.93);
  });

  test("slower is worse, faster is better, by about so much", () => {
    const worse = measureEffect(twoDays(7, { shift: 300 }));
    expect(worse).toMatchObject({ verdict: "worse", pairs: 24 });
    expect(worse.change).toBeGreaterThan(240);
    expect(worse.change).toBeLessThan(360);
    expect(worse.effectSize).toBeGreaterThan(0.9);
    expect(measureEffect(twoDays(7, { shift: -300 })).verdict).toBe("better");
  });
});

describe("of too little", () => {
  test("thirteen hours after it are too few, and the medians are shown all the same", () => {
    const effect = measureEffect(twoDays(3, { shift: 900 }).filter(({ offset }) => offset < 13));
    expect(effect).toMatchObject({ verdict: "too_few_hours", change: null, interval: null, p: null });
    expect(effect.medianAfter).toBeGreaterThan(effect.medianBefore ?? Number.POSITIVE_INFINITY);
  });

  test("fourteen hours all slower are just enough", () => {
    const effect = measureEffect(twoDays(3, { shift: 900 }).filter(({ offset }) => offset < 14));
    expect(effect).toMatchObject({ verdict: "worse", p: 0.015625 });
  });

  test("no hour at all has no median", () => {
    expect(measureEffect([])).toMatchObject({ verdict: "too_few_hours", medianBefore: null, medianAfter: null });
  });

  test("figures that never move show no change: nothing lost before, nothing after", () => {
    const zeros = Array.from({ length: 48 }, (_, index) => ({ offset: index - 24, value: 0 }));
    expect(measureEffect(zeros)).toMatchObject({ verdict: "no_change_seen", p: 1, change: 0, effectSize: 0 });
  });
});

test("the exact test agrees with published tables: of 12 differences all positive p is 2 in 4096", () => {
  const figures = Array.from({ length: 48 }, (_, index) => ({ offset: index - 24, value: index < 24 ? 0 : index }));
  expect(measureEffect(figures).p).toBeCloseTo(2 / 4096, 10);
});

test("Holm lets the strongest stand and takes back what one in many would show by chance", () => {
  const effect = (p: number): EffectJson => ({
    verdict: "worse",
    pairs: 24,
    medianBefore: 1,
    medianAfter: 2,
    change: 1,
    interval: { low: 0.5, high: 1.5 },
    p,
    effectSize: 0.5,
  });
  const corrected = correctForComparisons([effect(0.04), effect(0.001), effect(0.03)]);
  expect(corrected.map(({ verdict }) => verdict)).toEqual(["no_change_seen", "worse", "no_change_seen"]);
});
