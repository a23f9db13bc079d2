import { expect, test } from "vitest";
import { type ClosedLane, hourMs, layOutClosings } from "./closings.ts";
import { cumulativeHazard } from "./delay-grid.ts";
import { learnSurvivals, survivalOf } from "./survival.ts";

const minuteMs = 60_000;
const hours = 200;
const nowMs = hours * hourMs;

/** Hours of one type that take so long to close, one after the other. */
function lanes(eventType: string, delays: readonly (number | null)[]): ClosedLane[] {
  return delays.map((delay, at) => ({
    eventType,
    dc: "a",
    hourStartMs: at * hourMs,
    closedAtMs: delay === null ? null : (at + 1) * hourMs + delay * minuteMs,
  }));
}

function learn(types: Record<string, { tier: string; delays: (number | null)[] }>, atMs = nowMs) {
  const terms = Object.entries(types).map(([eventType, { tier }]) => ({ eventType, tier, deadlineMs: hourMs }));
  const closed = Object.entries(types).flatMap(([eventType, { delays }]) => lanes(eventType, delays));
  return learnSurvivals(layOutClosings({ fromMs: 0, hours }, terms, closed), atMs);
}

const openAfter = (survival: readonly number[], minutes: number) =>
  Math.exp(-cumulativeHazard(survival, minutes * minuteMs));
const repeat = (delay: number | null, count: number) => Array.from({ length: count }, () => delay);

test("nothing was ever closed: nothing is known", () => {
  expect(learn({ A: { tier: "high", delays: repeat(null, 100) } })).toBeNull();
  expect(learn({})).toBeNull();
});

test("a type with a long history goes by its own", () => {
  const survivals = learn({
    Fast: { tier: "high", delays: repeat(4, 150) },
    Slow: { tier: "high", delays: repeat(50, 150) },
  });
  if (!survivals) throw new Error("null");
  expect(openAfter(survivals.types.Fast as number[], 10)).toBeLessThan(0.1);
  expect(openAfter(survivals.types.Slow as number[], 10)).toBeGreaterThan(0.8);
});

test("a type with none goes by its tier, of an unknown tier by all", () => {
  const survivals = learn({
    Fast: { tier: "high", delays: repeat(4, 150) },
    Slow: { tier: "low", delays: repeat(50, 150) },
  });
  if (!survivals) throw new Error("null");
  expect(survivalOf(survivals, { eventType: "New", tier: "low" })).toBe(survivals.tiers.low);
  expect(survivalOf(survivals, { eventType: "New", tier: "other" })).toBe(survivals.pooled);
});

test("an hour that is still open counts for as long as it has been open", () => {
  const closed = learn({ A: { tier: "high", delays: repeat(10, 100) } });
  const open = learn({ A: { tier: "high", delays: [...repeat(10, 80), ...repeat(null, 20)] } });
  if (!closed || !open) throw new Error("null");
  expect(openAfter(open.pooled, 60)).toBeGreaterThan(openAfter(closed.pooled, 60) + 0.1);
});

test("what comes later than now is not known: it changes nothing", () => {
  const early = 100 * hourMs;
  const seen = repeat(10, 99);
  const quiet = learn({ A: { tier: "high", delays: [...seen, ...repeat(10, 100)] } }, early);
  const trouble = learn({ A: { tier: "high", delays: [...seen, ...repeat(600, 100)] } }, early);
  expect(trouble).toEqual(quiet);
});
