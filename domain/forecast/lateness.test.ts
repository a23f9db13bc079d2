import fc from "fast-check";
import { expect, test } from "vitest";
import { type ClosedLane, hourMs, layOutClosings } from "./closings.ts";
import { lateAfterMs, RecentLateness } from "./lateness.ts";
import { learnSurvivals } from "./survival.ts";

const minuteMs = 60_000;
const hours = 48;

function lateness(
  delays: readonly (readonly [dc: string, hour: number, minutes: number | null])[],
  knownUntilMs = Number.POSITIVE_INFINITY,
) {
  const lanes = delays.map(([dc, hour, minutes]): ClosedLane => {
    const closedAtMs = minutes === null ? null : (hour + 1) * hourMs + minutes * minuteMs;
    const isKnown = closedAtMs !== null && closedAtMs <= knownUntilMs;
    return { eventType: "A", dc, hourStartMs: hour * hourMs, closedAtMs: isKnown ? closedAtMs : null };
  });
  const closings = layOutClosings({ fromMs: 0, hours }, [{ eventType: "A", tier: "high", deadlineMs: hourMs }], lanes);
  const usual = layOutClosings({ fromMs: 0, hours: 1 }, closings.types, [
    { ...(lanes[0] as ClosedLane), hourStartMs: 0, closedAtMs: hourMs },
  ]);
  const survivals = learnSurvivals(usual, hours * hourMs);
  if (!survivals) throw new Error("null");
  return { recent: new RecentLateness(closings, survivals), type: closings.types[0] };
}

test("late is half of the deadline, an hour at most", () => {
  expect([60, 120, 24 * 60].map((minutes) => lateAfterMs(minutes * minuteMs) / minuteMs)).toEqual([30, 60, 60]);
});

test("a datacenter whose last hours ran late stands out, and the memory of it fades", () => {
  const delays = Array.from({ length: 6 }, (_, hour) => [
    ["slow", hour, 45] as const,
    ["fast", hour, 2] as const,
  ]).flat();
  const { recent } = lateness(delays);
  const share = (dc: string, hour: number) => recent.shareAt(dc, 30 * minuteMs, hour * hourMs);
  expect(share("slow", 7)).toBeGreaterThan(0.6);
  expect(share("fast", 7)).toBeLessThan(0.2);
  expect(share("slow", 14)).toBeLessThan(share("slow", 7));
  expect(share("unheard", 7)).toBeCloseTo(share("slow", 40));
});

test("hours that stay open longer than usual surprise, those that close as usual do not", () => {
  const { recent } = lateness([
    ["stuck", 3, null],
    ["fine", 3, 0],
  ]);
  const at = 4 * hourMs + 20 * minuteMs;
  expect(recent.surpriseAt("stuck", at)).toBeGreaterThan(0.5);
  expect(recent.surpriseAt("fine", at)).toBeLessThan(0.1);
});

test("seen from an instant, nothing that happened later shows", () => {
  const lane = fc.tuple(
    fc.constantFrom("a", "b"),
    fc.integer({ min: 0, max: hours - 1 }),
    fc.option(fc.integer({ min: 0, max: 300 })),
  );
  fc.assert(
    fc.property(fc.array(lane, { minLength: 1 }), fc.integer({ min: 0, max: hours * 60 }), (delays, minute) => {
      const nowMs = minute * minuteMs;
      const all = lateness(delays);
      const known = lateness(delays, nowMs);
      if (!all.type || !known.type) throw new Error("no type");
      for (const lateMs of [30 * minuteMs, hourMs]) {
        expect(all.recent.shareAt("a", lateMs, nowMs)).toBe(known.recent.shareAt("a", lateMs, nowMs));
        expect(all.recent.shareOf(all.type, lateMs, nowMs)).toBe(known.recent.shareOf(known.type, lateMs, nowMs));
      }
      expect(all.recent.surpriseAt("b", nowMs)).toBe(known.recent.surpriseAt("b", nowMs));
    }),
  );
});
