import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { riskOf, worstState } from "./risk.ts";
import { type VerdictState, verdictStates } from "./verdict.ts";

const hour = 3_600;
const calm = { deadlineSeconds: 2 * hour, delaySeconds: null, recentStates: [] as VerdictState[], missedDeadlines: 0 };

describe("riskOf", () => {
  it("ranks late, incomplete, overcounted, unverified, closed after its deadline, open, calm", () => {
    const ranked = [
      { ...calm, delaySeconds: 3 * hour },
      { ...calm, recentStates: ["complete", "incomplete"] },
      { ...calm, recentStates: ["overcounted", "unverified"] },
      { ...calm, recentStates: ["unverified"] },
      { ...calm, missedDeadlines: 2 },
      { ...calm, missedDeadlines: 1, delaySeconds: hour },
      { ...calm, missedDeadlines: 1, recentStates: ["complete"] },
      { ...calm, delaySeconds: hour },
      { ...calm, recentStates: ["complete"] },
    ].map((type) => riskOf(type as Parameters<typeof riskOf>[0]));
    expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
    expect(new Set(ranked).size).toBe(ranked.length);
    expect(ranked.at(-1)).toBe(0);
  });

  it("measures delays in deadlines, not in hours", () => {
    const high = riskOf({ ...calm, delaySeconds: 4 * hour });
    const low = riskOf({ ...calm, deadlineSeconds: 72 * hour, delaySeconds: 76 * hour });
    expect(high).toBeGreaterThan(low);
  });

  it("is below 1 up to the deadline's very second, and above 2 after it", () => {
    expect(riskOf({ ...calm, delaySeconds: 2 * hour })).toBeLessThan(1);
    expect(riskOf({ ...calm, delaySeconds: 2 * hour + 1 })).toBeGreaterThan(2);
  });

  it("counts lost hours of a day without leaving their band", () => {
    const one = riskOf({ ...calm, recentStates: ["incomplete"] });
    const all = riskOf({ ...calm, recentStates: Array<VerdictState>(24).fill("incomplete") });
    expect(all).toBeGreaterThan(one);
    expect(all).toBeLessThan(2);
  });

  it("never falls when an open hour grows older", () => {
    const states = fc.array(fc.constantFrom(...verdictStates), { maxLength: 24 });
    const seconds = fc.integer({ min: 0, max: 400 * 24 * hour });
    fc.assert(
      fc.property(states, seconds, seconds, fc.integer({ min: 1, max: 72 * hour }), (recentStates, a, b, deadline) => {
        const at = (delaySeconds: number) => riskOf({ ...calm, deadlineSeconds: deadline, delaySeconds, recentStates });
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
      }),
    );
  });
});

describe("worstState", () => {
  it("late speaks before lost, lost before doubled, doubled before unknown", () => {
    expect(worstState(["complete", "unverified", "overcounted", "incomplete", "late"])).toBe("late");
    expect(worstState(["unverified", "overcounted", "incomplete"])).toBe("incomplete");
    expect(worstState(["unverified", "overcounted"])).toBe("overcounted");
    expect(worstState(["unverified", "closing"])).toBe("unverified");
  });

  it("is nothing when every hour is well or under way", () => {
    expect(worstState(["complete", "closing", "open", "verifying"])).toBeNull();
  });
});
