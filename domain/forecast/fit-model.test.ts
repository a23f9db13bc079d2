import { describe, expect, test } from "vitest";
import { type ClosedLane, hourMs, layOutClosings } from "./closings.ts";
import { fitModel } from "./fit-model.ts";
import { forecastHour } from "./forecast-hour.ts";
import { projectionFeature } from "./lane-features.ts";
import { noSigns } from "./lane-signs.ts";
import { RecentLateness } from "./lateness.ts";
import { forecastModelSchema } from "./model.ts";
import { surroundings } from "./training.ts";

const minuteMs = 60_000;
const days = 21;
const hours = days * 24;
const nowMs = hours * hourMs;

/**
 * Two datacenters, three types of a deadline of an hour that usually close within 10 minutes. Twice a day one of the two is in trouble
 * for six hours, in which half of its hours take two hours; nothing shows which of them.
 */
function history({
  untilMs = nowMs,
  delayMinutes,
}: {
  untilMs?: number;
  delayMinutes?: (hour: number, dc: string) => number;
} = {}) {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const lanes: ClosedLane[] = [];
  for (let hour = 0; hour < hours; hour++) {
    for (const eventType of ["A", "B", "C"]) {
      for (const [at, dc] of ["east", "west"].entries()) {
        const isTrouble = Math.floor(hour / 6) % 2 === 1 && Math.floor(hour / 12) % 2 === at;
        const minutes = delayMinutes?.(hour, dc) ?? (isTrouble && random() < 0.5 ? 120 : 2 + 8 * random());
        const closedAtMs = (hour + 1) * hourMs + minutes * minuteMs;
        lanes.push({
          eventType,
          dc,
          hourStartMs: hour * hourMs,
          closedAtMs: closedAtMs <= untilMs ? closedAtMs : null,
        });
      }
    }
  }
  const terms = ["A", "B", "C"].map((eventType) => ({ eventType, tier: "high", deadlineMs: hourMs }));
  return layOutClosings({ fromMs: 0, hours }, terms, lanes);
}

function fitted(closings = history(), atMs = nowMs) {
  const fit = fitModel({ closings, samples: [], nowMs: atMs });
  if (!fit) throw new Error("null");
  return fit;
}

describe("fitModel", () => {
  test("knows nothing before anything is closed", () => {
    expect(fitModel({ closings: history({ untilMs: 0 }), samples: [], nowMs: hourMs })).toBeNull();
  });

  test("knows something from the first closed hour on", () => {
    const fit = fitted(history({ untilMs: 2 * hourMs }), 2 * hourMs);
    expect(fit.heldOut).toBeNull();
    expect(fit.model.calibration).toEqual({ intercept: 0, slope: 1 });
  });

  test("gives the same model for the same history, as plain JSON", () => {
    const { model } = fitted();
    expect(model).toEqual(fitted().model);
    expect(forecastModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  test("learns of half an import what it would learn of that half alone, not that the rest never closes", () => {
    const imported = history({ untilMs: 10 * 24 * hourMs });
    const late = fitted(imported);
    const question = (model: typeof late.model) =>
      forecastHour(model, {
        eventType: "A",
        tier: "high",
        endMs: nowMs,
        deadlineMs: hourMs,
        nowMs: nowMs + 5 * minuteMs,
        lanes: [{ around: { datacenterLate: 0, typeLate: 0, surprise: 0 }, signs: noSigns }],
      }).breachProbability;
    expect(question(late.model)).toBeCloseTo(question(fitted(imported, 10 * 24 * hourMs).model), 1);
  });

  test("never looks ahead: what comes after now changes nothing", () => {
    const cutMs = 14 * 24 * hourMs;
    expect(fitted(history(), cutMs)).toEqual(fitted(history({ untilMs: cutMs }), cutMs));
  });

  test("says of a datacenter in trouble what of a quiet one it does not", () => {
    const closings = history();
    const { model, heldOut } = fitted(closings);
    const lateness = new RecentLateness(closings, model.survivals);
    const type = closings.types[0];
    if (!type) throw new Error("no type");
    const ask = (dc: string, hour: number) => {
      const endMs = (hour + 1) * hourMs;
      const around = surroundings(lateness, type, dc, hourMs / 2, endMs);
      const lanes = [{ around, signs: noSigns }];
      return forecastHour(model, { eventType: "A", tier: "high", endMs, deadlineMs: hourMs, nowMs: endMs, lanes });
    };
    // Hours 462 to 467 are a time of trouble: 38 times twelve, and the last six of the next.
    const troubled = Math.floor(467 / 12) % 2 === 0 ? "east" : "west";
    const quiet = troubled === "east" ? "west" : "east";
    expect(ask(troubled, 467).breachProbability).toBeGreaterThan(0.2);
    expect(ask(quiet, 467).breachProbability).toBeLessThan(0.1);
    expect(heldOut?.questions).toBeGreaterThan(500);
    expect(heldOut?.brier).toBeLessThan(0.15);
  });

  test("hours of the week are kept where they have been of use for what came later", () => {
    // Every Monday from 6 to 9 all stays open for 90 minutes; otherwise ten.
    const habitual = history({ delayMinutes: (hour) => (hour % 168 >= 6 && hour % 168 < 9 ? 90 : 10) });
    expect(fitted(habitual).model.habits.some((habit) => habit > 0.1)).toBe(true);
  });

  test("signs weigh only where history has samples with them", () => {
    const closings = history();
    const unseen = fitted(closings).model.coefficients;
    expect([...unseen.slice(3, 8), unseen[projectionFeature]]).toEqual([0, 0, 0, 0, 0, 0]);
    const samples = closings.types.flatMap((type) =>
      Array.from({ length: hours - 3 }, (_, hour) => {
        const endMs = (hour + 1) * hourMs;
        const lanes = [...type.lanes].map(([dc, lane]) => {
          const isLate = (lane[hour] as number) > endMs + hourMs / 2;
          const signs = { ...noSigns, projectedDelayMs: isLate ? 90 * minuteMs : 5 * minuteMs };
          return { dc, signs };
        });
        return { eventType: type.eventType, hourStartMs: endMs - hourMs, landmarkMs: 0, atMs: endMs, lanes };
      }),
    );
    const fit = fitModel({ closings, samples, nowMs });
    expect(fit?.model.coefficients[projectionFeature]).toBeGreaterThan(0.5);
    expect(fit?.heldOut?.brier).toBeLessThan(fitted(closings).heldOut?.brier ?? 0);
  });
});
