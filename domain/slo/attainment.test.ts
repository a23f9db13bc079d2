import { describe, expect, test } from "vitest";
import { attain, type Promised } from "./attainment.ts";
import { noCounts, type SloCounts } from "./counts.ts";

const promised = (
  counts: Partial<SloCounts>,
  objective: number | null,
  promisedHours = 744,
  more: Partial<Promised> = {},
): Promised => ({
  tier: "high",
  isRunning: false,
  ...more,
  counts: { ...noCounts(), ...counts },
  promisedHours,
  objectives: { timeliness: objective, completeness: objective, skew: objective },
});
const timeliness = (due: number, met: number, objective: number | null, hours = 744) =>
  attain("timeliness", [
    promised({ dueHours: due, metHours: met, dueEvents: due * 10, metEvents: met * 10 }, objective, hours, {
      isRunning: due < hours,
    }),
  ]);

describe("a promise of hours", () => {
  test("a whole month: 99.5 % of 744 hours allows 3.72 to be late", () => {
    expect(timeliness(744, 741, 0.995)).toEqual({
      objective: 0.995,
      basis: "hours",
      status: "met",
      hours: {
        counted: 744,
        good: 741,
        bad: 3,
        attainment: 741 / 744,
        budget: { allowed: 3.72, allowedSoFar: 3.72, spent: 3, remaining: 0.193548387 },
      },
      events: {
        counted: 7440,
        good: 7410,
        bad: 30,
        attainment: 741 / 744,
        budget: { allowed: 37.2, allowedSoFar: 37.2, spent: 30, remaining: 0.193548387 },
      },
      unverifiedHours: 0,
      parts: [],
    });
  });

  test.each([
    ["no_objective", "nothing is promised", 100, 50, null],
    ["no_data", "nothing counts yet", 0, 0, 0.995],
    ["met", "all on time", 744, 744, 0.995],
    ["met", "exactly what is allowed", 1000, 995, 0.995],
    ["at_risk", "a first day with two late hours, within the month's budget", 24, 22, 0.995],
    ["missed", "more than the whole month allows, however much of it is to come", 24, 20, 0.995],
    ["missed", "one late hour, and none is allowed", 24, 23, 1],
    ["in_progress", "all on time so far", 24, 24, 0.995],
  ])("%s: %s", (status, _why, due, met, objective) => {
    expect(timeliness(due, met, objective, Math.max(due, 744)).status).toBe(status);
  });

  test("excused hours are promised no longer", () => {
    const { hours } = attain("timeliness", [promised({ excusedHours: 144, dueHours: 600, metHours: 600 }, 0.99)]);
    expect(hours.budget?.allowed).toBe(6);
  });
});

describe("completeness", () => {
  const of = (counts: Partial<SloCounts>) => attain("completeness", [promised(counts, 0.99, 100)]);

  test("unverified hours are no figure and never green: met → unknown, when they could have spent the budget", () => {
    expect(of({ provenHours: 100, completeHours: 100 }).status).toBe("met");
    expect(of({ provenHours: 90, completeHours: 90, unverifiedHours: 10 })).toMatchObject({
      status: "unknown",
      unverifiedHours: 10,
      hours: { attainment: 1 },
    });
    expect(of({ unverifiedHours: 10 }).status).toBe("unknown");
  });

  test("missed stays missed, whatever the unverified hours were", () => {
    expect(of({ provenHours: 90, completeHours: 80, unverifiedHours: 10 }).status).toBe("missed");
  });

  test("weighted by events: what was produced less what was lost", () => {
    expect(of({ provenHours: 2, completeHours: 1, producedEvents: 1_000_000, lostEvents: 250 }).events).toMatchObject({
      good: 999_750,
      attainment: 0.99975,
    });
  });
});

describe("types together", () => {
  const high = promised({ dueHours: 100, metHours: 97 }, 0.99, 100);
  const low = (met: number, more: Partial<Promised> = {}) =>
    promised({ dueHours: 300, metHours: met }, 0.95, 300, { tier: "low", ...more });

  test("each tier by its own objective: none is combined, and the gravest status is that of all", () => {
    expect(attain("timeliness", [low(300), high])).toMatchObject({
      objective: null,
      status: "missed",
      hours: { counted: 400, good: 397, budget: null },
      parts: [
        { tier: "high", objective: 0.99, status: "missed", attainment: 0.97, budget: { allowed: 1, spent: 3 } },
        { tier: "low", objective: 0.95, status: "met", attainment: 1, budget: { allowed: 15, spent: 0 } },
      ],
    });
  });

  test("two tiers with the same objective do not make up for each other", () => {
    const both = attain("timeliness", [
      promised({ dueHours: 100, metHours: 94 }, 0.95, 100),
      promised({ dueHours: 100, metHours: 100 }, 0.95, 100, { tier: "low" }),
    ]);
    expect(both).toMatchObject({ objective: null, status: "missed", hours: { attainment: 0.97 } });
  });

  test("types without an objective add to the figures and spend no budget", () => {
    const both = attain("timeliness", [
      promised({ dueHours: 100, metHours: 100 }, 0.99, 100),
      promised({ dueHours: 100, metHours: 0 }, null, 100),
    ]);
    expect(both).toMatchObject({
      objective: null,
      status: "met",
      hours: { attainment: 0.5, budget: null },
      parts: [
        { objective: 0.99, attainment: 1 },
        { objective: null, status: "no_objective" },
      ],
    });
  });

  test("excused, where every hour was; of a running period no data yet", () => {
    const excused = (isRunning: boolean) =>
      attain("timeliness", [promised({ excusedHours: 744 }, 0.99, 744, { isRunning })]).status;
    expect([excused(false), excused(true)]).toEqual(["excused", "no_data"]);
    expect(attain("timeliness", [promised({ excusedHours: 744 }, 0.99), low(300)]).status).toBe("met");
  });

  test("hours that never became final leave completeness unknown once the month is over", () => {
    const of = (isRunning: boolean) =>
      attain("completeness", [
        promised({ dueHours: 744, provenHours: 700, completeHours: 700 }, 0.99, 744, { isRunning }),
      ]).status;
    expect([of(true), of(false)]).toEqual(["in_progress", "unknown"]);
  });

  test("events still to come may make up for skew so far", () => {
    const of = (isRunning: boolean) =>
      attain("skew", [
        promised({ settledHours: 10, deliveredEvents: 1_000, skewedEvents: 50 }, 0.99, 744, { isRunning }),
      ]).status;
    expect([of(true), of(false)]).toEqual(["at_risk", "missed"]);
  });

  test("skew goes by events", () => {
    const skew = attain("skew", [
      promised({ settledHours: 10, inPlaceHours: 0, deliveredEvents: 1_000_000, skewedEvents: 500 }, 0.999),
    ]);
    expect(skew).toMatchObject({
      basis: "events",
      status: "met",
      events: { bad: 500, budget: { allowed: 1000 } },
      hours: { attainment: 0 },
    });
  });
});
