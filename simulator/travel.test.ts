import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passedBy, passesAt } from "./travel.ts";

const at = (minutes: number) => minutes * 60_000;
const cut = { fromAt: new Date(at(100)), toAt: new Date(at(160)), rate: 0, catchUp: 3 };

describe("a throttle", () => {
  it("lets nothing pass during a cut and catches up afterwards in order", () => {
    expect([99, 100, 130, 159, 189, 190, 200].map((minute) => passesAt(cut, at(minute)) / 60_000)).toEqual([
      99,
      160,
      170,
      160 + 59 / 3,
      160 + 89 / 3,
      190,
      200,
    ]);
  });

  it("halves the pace during a bad deployment", () => {
    const half = { ...cut, rate: 0.5 };
    expect([110, 129, 130].map((minute) => passesAt(half, at(minute)) / 60_000)).toEqual([120, 158, 160]);
  });

  const terms = fc.record({
    fromAt: fc.integer({ min: 0, max: 1e6 }).map((ms) => new Date(ms)),
    toAt: fc.integer({ min: 1_000_001, max: 2e6 }).map((ms) => new Date(ms)),
    rate: fc.double({ min: 0, max: 0.95, noNaN: true }),
    catchUp: fc.double({ min: 1.1, max: 8, noNaN: true }),
  });
  const instant = fc.integer({ min: 0, max: 2e7 });

  it("keeps order and lets nothing pass early", () => {
    fc.assert(
      fc.property(terms, instant, instant, (throttle, a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        return passesAt(throttle, first) >= first && passesAt(throttle, second) >= passesAt(throttle, first);
      }),
    );
  });

  it("is read backwards by passedBy: what has passed by then passes by then, and a moment later does not", () => {
    fc.assert(
      fc.property(terms, instant, (throttle, now) => {
        const through = passedBy(throttle, now);
        expect(passesAt(throttle, through - 0.01)).toBeLessThanOrEqual(now);
        expect(passesAt(throttle, through + 0.01)).toBeGreaterThan(now);
      }),
    );
  });
});
