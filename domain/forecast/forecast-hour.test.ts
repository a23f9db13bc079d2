import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { delayGridMs } from "./delay-grid.ts";
import { forecastHour, type HourQuestion, openingOf } from "./forecast-hour.ts";
import { featureCount } from "./lane-features.ts";
import { noSigns } from "./lane-signs.ts";
import { type ForecastModel, forecastModelSchema, hourOfWeek, modelVersion } from "./model.ts";

const minuteMs = 60_000;
const endMs = Date.UTC(2026, 10, 22, 14);
const quiet = { datacenterLate: 0.05, typeLate: 0.05, surprise: 0 };

const model = (change: Partial<ForecastModel> = {}): ForecastModel => {
  const hazards = delayGridMs.map((delayMs) => Math.log1p(delayMs / (8 * minuteMs)));
  return {
    version: modelVersion,
    survivals: { pooled: hazards, tiers: {}, types: {} },
    intercept: 0,
    usual: 1,
    coefficients: Array.from({ length: featureCount }, () => 0),
    means: Array.from({ length: featureCount }, () => 0),
    habits: Array.from({ length: 168 }, () => 0),
    calibration: { intercept: 0, slope: 1 },
    ...change,
  };
};

const question = (waitedMinutes: number, change: Partial<HourQuestion> = {}): HourQuestion => ({
  eventType: "A",
  tier: "high",
  endMs,
  deadlineMs: 60 * minuteMs,
  nowMs: endMs + waitedMinutes * minuteMs,
  lanes: [{ around: quiet, signs: noSigns }],
  ...change,
});

test("without anything else it is the survival curve: open by the deadline of those that are open now", () => {
  const hazard = (minutes: number) => Math.log1p(minutes / 8);
  const { breachProbability } = forecastHour(model(), question(15));
  expect(breachProbability).toBeCloseTo(Math.exp(hazard(15) - hazard(60)), 6);
});

test("two datacenters that are open are worse than one", () => {
  const lane = { around: quiet, signs: noSigns };
  const one = forecastHour(model(), question(15)).breachProbability;
  const two = forecastHour(model(), question(15, { lanes: [lane, lane] })).breachProbability;
  expect(two).toBeCloseTo(1 - (1 - one) ** 2, 6);
});

test("exactly 1 at the deadline and after it, and then still a time to close", () => {
  for (const waited of [60, 61, 600]) {
    const { breachProbability, closesAt } = forecastHour(model(), question(waited));
    expect(breachProbability).toBe(1);
    expect(closesAt.p50.getTime()).toBeGreaterThan(endMs + waited * minuteMs);
  }
  const justBefore = forecastHour(model(), question(59.98)).breachProbability;
  expect(justBefore).toBeGreaterThan(0.999);
  expect(justBefore).toBeLessThan(1);
});

test("an hour that has not ended closes after its end", () => {
  const { closesAt, breachProbability } = forecastHour(model(), question(-40));
  expect(closesAt.p50.getTime()).toBeGreaterThanOrEqual(endMs);
  expect(breachProbability).toBeGreaterThan(0);
  expect(breachProbability).toBeLessThan(0.3);
});

test("a watermark that will be late, and a datacenter that was, raise it where they weigh something", () => {
  const weighing = model({ coefficients: [3, 0, 0, 0, 0, 0, 0, 0, 0, 1.5, 1.5] });
  const base = forecastHour(weighing, question(15)).breachProbability;
  const late = { around: { ...quiet, datacenterLate: 0.8 }, signs: noSigns };
  expect(forecastHour(weighing, question(15, { lanes: [late] })).breachProbability).toBeGreaterThan(base);
  const standing = { around: quiet, signs: { ...noSigns, watermarkAgeMs: 600 * minuteMs } };
  const fresh = { around: quiet, signs: { ...noSigns, watermarkAgeMs: 2 * minuteMs } };
  const openChance = (lane: typeof fresh) => forecastHour(weighing, question(15, { lanes: [lane] })).breachProbability;
  expect(openChance(standing)).toBeGreaterThan(openChance(fresh));
  const stalled = { around: quiet, signs: { ...noSigns, projectedDelayMs: 600 * minuteMs } };
  expect(forecastHour(weighing, question(15, { lanes: [stalled] })).breachProbability).toBeGreaterThan(base);
});

describe("for any model and hour", () => {
  const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const models = fc
    .record({
      steps: fc.array(finite(0.001, 2), { minLength: delayGridMs.length, maxLength: delayGridMs.length }),
      intercept: finite(-3, 3),
      usual: finite(0.2, 2),
      weights: fc.array(finite(-3, 3), { minLength: featureCount - 2, maxLength: featureCount - 2 }),
      projection: finite(0, 3),
      standing: finite(0, 3),
      habit: finite(-1, 1),
      calibration: fc.record({ intercept: finite(-1, 1), slope: finite(0.2, 2) }),
    })
    .map(({ steps, weights, projection, standing, habit, ...rest }) => {
      let sum = 0;
      const pooled = steps.map((step) => (sum += step));
      const survivals = { pooled, tiers: {}, types: {} };
      const habits = Array.from({ length: 168 }, () => habit);
      return model({ ...rest, survivals, habits, coefficients: [...weights, projection, standing] });
    });
  const lanes = fc.array(
    fc.record({
      around: fc.record({ datacenterLate: finite(0, 1), typeLate: finite(0, 1), surprise: finite(-1, 6) }),
      signs: fc.record({
        lag: fc.option(finite(0, 2)),
        backlog: fc.option(finite(0, 2)),
        produced: fc.option(fc.integer({ min: 0, max: 1e9 })),
        undelivered: fc.option(fc.integer({ min: 0, max: 1e9 })),
        watermarkAgeMs: fc.option(finite(0, 1e9)),
        projectedDelayMs: fc.option(finite(-1e6, 1e9)),
      }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const questions = fc
    .record({ lanes, waited: finite(-60, 5_000), deadline: fc.constantFrom(60, 120, 1_440, 4_320) })
    .map(({ lanes: open, waited, deadline }) => question(waited, { lanes: open, deadlineMs: deadline * minuteMs }));

  test("a probability from 0 to 1, p50 no later than p90, neither before now nor before the hour's end", () => {
    fc.assert(
      fc.property(models, questions, (any, asked) => {
        const { breachProbability, closesAt } = forecastHour(any, asked);
        expect(breachProbability).toBeGreaterThanOrEqual(0);
        expect(breachProbability).toBeLessThanOrEqual(1);
        expect(closesAt.p50.getTime()).toBeGreaterThanOrEqual(Math.max(asked.nowMs, endMs));
        expect(closesAt.p90.getTime()).toBeGreaterThanOrEqual(closesAt.p50.getTime());
      }),
    );
  });

  test("the longer it has waited, all else the same, the likelier the miss", () => {
    fc.assert(
      fc.property(models, questions, finite(0, 1), finite(0, 1), (any, asked, a, b) => {
        const at = (share: number) =>
          forecastHour(any, { ...asked, nowMs: endMs + share * asked.deadlineMs }).breachProbability;
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(at(more)).toBeGreaterThanOrEqual(at(less) - 1e-9);
      }),
    );
  });

  test("still open at an instant is never likelier at a later one", () => {
    fc.assert(
      fc.property(models, questions, finite(0, 1e9), finite(0, 1e9), (any, asked, a, b) => {
        const openAt = openingOf(any, asked);
        expect(openAt(Math.max(a, b))).toBeLessThanOrEqual(openAt(Math.min(a, b)) + 1e-9);
      }),
    );
  });
});

test("a model is plain JSON", () => {
  expect(forecastModelSchema.parse(JSON.parse(JSON.stringify(model())))).toEqual(model());
});

test("the week begins on Monday", () => {
  expect(hourOfWeek(Date.UTC(2026, 10, 23, 0))).toBe(0);
  expect(hourOfWeek(Date.UTC(2026, 10, 22, 23))).toBe(167);
});

describe("a lane that catches up after an incident", () => {
  const minutesOn = (minutes: number) => endMs + minutes * minuteMs;
  /** It waits for a lane that was last seen far behind, as a model that knows no incident sees it. */
  const far = model({ intercept: 3 });
  const catching = (p50: number, p90: number) => ({
    around: quiet,
    signs: noSigns,
    catchUp: { p50Ms: minutesOn(p50), p90Ms: minutesOn(p90) },
  });

  test("is expected when its incident expects it", () => {
    const asked = question(20, { lanes: [catching(40, 50)] });
    const without = forecastHour(far, question(20));
    const { breachProbability, closesAt } = forecastHour(far, asked);
    expect(without.breachProbability).toBeGreaterThan(0.5);
    expect(without.closesAt.p50.getTime()).toBeGreaterThan(minutesOn(60));
    // rounded up, from a bisection
    expect(Math.abs(closesAt.p50.getTime() - minutesOn(40))).toBeLessThanOrEqual(1_000);
    expect(Math.abs(closesAt.p90.getTime() - minutesOn(50))).toBeLessThanOrEqual(1_000);
    expect(breachProbability).toBeLessThan(0.1);
  });

  test("an end expected after the deadline makes a miss no less likely than a half", () => {
    const { breachProbability } = forecastHour(far, question(20, { lanes: [catching(70, 80)] }));
    expect(breachProbability).toBeGreaterThan(0.5);
  });

  test("is not expected later because its incident expects the last hour later", () => {
    const usual = forecastHour(model(), question(20));
    expect(forecastHour(model(), question(20, { lanes: [catching(300, 400)] }))).toEqual(usual);
  });

  test("another lane that is late stays so", () => {
    const lane = { around: quiet, signs: noSigns };
    const other = forecastHour(far, question(20)).breachProbability;
    const both = forecastHour(far, question(20, { lanes: [lane, catching(40, 50)] })).breachProbability;
    expect(both).toBeGreaterThanOrEqual(other);
  });

  test("of two that catch up the later one decides", () => {
    const { breachProbability, closesAt } = forecastHour(
      far,
      question(20, { lanes: [catching(25, 30), catching(70, 80)] }),
    );
    expect(breachProbability).toBeGreaterThan(0.5);
    expect(Math.abs(closesAt.p50.getTime() - minutesOn(70))).toBeLessThanOrEqual(1_000);
  });

  test("an hour that has not ended may still be open as long as usual once the lane has caught up", () => {
    const calm = forecastHour(model(), question(-10));
    const { closesAt } = forecastHour(far, question(-10, { lanes: [catching(-5, -3)] }));
    expect(Math.abs(closesAt.p50.getTime() - calm.closesAt.p50.getTime())).toBeLessThan(2 * minuteMs);
  });

  test("an end that is overdue is expected any moment, and nothing is no number", () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }), (p50, p90) => {
        const { breachProbability, closesAt } = forecastHour(far, question(20, { lanes: [catching(p50, p90)] }));
        expect(breachProbability).toBeGreaterThanOrEqual(0);
        expect(breachProbability).toBeLessThanOrEqual(1);
        expect(closesAt.p50.getTime()).toBeLessThanOrEqual(closesAt.p90.getTime());
        if (p50 <= 20) expect(closesAt.p50.getTime()).toBeLessThanOrEqual(minutesOn(21));
      }),
    );
  });
});
