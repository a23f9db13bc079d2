import fc from "fast-check";
import { expect, test } from "vitest";
import { forecastHoldsUntil, type StoredForecast, toForecastJson } from "./forecast-json.ts";

const minuteMs = 60_000;
const madeAtMs = Date.UTC(2026, 10, 22, 14, 10);
const deadlineAt = new Date(Date.UTC(2026, 10, 22, 15));
const stored: StoredForecast = {
  breachProbability: 0.123456,
  p50Ms: madeAtMs + 5 * minuteMs,
  p90Ms: madeAtMs + 40 * minuteMs,
  madeAtMs,
};
const after = (minutes: number, speed = 1) => ({
  now: () => new Date(madeAtMs + minutes * minuteMs),
  speed,
  toRealMs: (productMs: number) => productMs / speed,
});

test("there is none: null", () => {
  expect(toForecastJson(null, deadlineAt, after(0))).toBeNull();
});

test("shows four digits and instants", () => {
  expect(toForecastJson(stored, deadlineAt, after(0))).toEqual({
    breachProbability: 0.1235,
    closesAt: { p50: "2026-11-22T14:15:00Z", p90: "2026-11-22T14:50:00Z" },
  });
});

test("what was to close by now and has not closes now at the earliest", () => {
  expect(toForecastJson(stored, deadlineAt, after(12))?.closesAt).toEqual({
    p50: "2026-11-22T14:22:00Z",
    p90: "2026-11-22T14:50:00Z",
  });
});

test.each([
  [0, 0.0001],
  [0.99999, 0.9999],
])("a chance of %s is no certainty", (breachProbability, shown) => {
  expect(toForecastJson({ ...stored, breachProbability }, deadlineAt, after(0))?.breachProbability).toBe(shown);
});

test("the deadline passed since it was made: exactly 1", () => {
  const early = new Date(madeAtMs + 3 * minuteMs);
  expect(toForecastJson(stored, early, after(2))?.breachProbability).toBe(0.1235);
  expect(toForecastJson(stored, early, after(3))?.breachProbability).toBe(1);
});

test("one that was not renewed for half an hour says nothing any more; in a fast drill, for ten real seconds", () => {
  expect(toForecastJson(stored, deadlineAt, after(30))).not.toBeNull();
  expect(toForecastJson(stored, deadlineAt, after(31))).toBeNull();
  expect(toForecastJson(stored, deadlineAt, after(119, 720))).not.toBeNull();
  expect(toForecastJson(stored, deadlineAt, after(121, 720))).toBeNull();
});

test("says the same until the moment that it names", () => {
  const minutes = (max: number) => fc.integer({ min: 0, max: max * minuteMs });
  fc.assert(
    fc.property(
      fc.record({
        p50: minutes(60),
        p90: minutes(60),
        deadline: minutes(60),
        now: minutes(60),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.constantFrom(1, 720),
      ({ p50, p90, deadline, now, share }, speed) => {
        const some = { ...stored, p50Ms: madeAtMs + p50, p90Ms: madeAtMs + p90 };
        const at = (ms: number) => ({ now: () => new Date(ms), speed });
        const nowMs = madeAtMs + now;
        const deadlineAt = new Date(madeAtMs + deadline);
        const untilMs = Math.min(forecastHoldsUntil(some, deadlineAt, at(nowMs)), nowMs + 600 * minuteMs);
        expect(untilMs).toBeGreaterThan(nowMs);
        const said = toForecastJson(some, deadlineAt, at(nowMs));
        for (const ms of [untilMs - 1, Math.floor(nowMs + share * (untilMs - 1 - nowMs))]) {
          expect(toForecastJson(some, deadlineAt, at(ms))).toEqual(said);
        }
      },
    ),
  );
});
