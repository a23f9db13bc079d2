import { describe, expect, test } from "vitest";
import { formatHour } from "./hour.ts";
import { decideHourEvent, type HourTold, type LastTold, runOf, type SubscriptionEvent } from "./subscription.ts";
import type { VerdictState } from "./verdict.ts";

const all: SubscriptionEvent[] = ["complete", "amended", "incomplete"];

function hour(state: VerdictState, delivered = 1_000n, revision = 2): HourTold {
  const lost = 1_000n - delivered;
  return { state, revision, known: true, produced: 1_000n, delivered, lost, duplicated: 0n, skewed: 0n };
}

function told(state: VerdictState, delivered: bigint, ready: boolean, everReady = ready): LastTold {
  return { ...hour(state, delivered), ready, everReady };
}

function decide(
  before: HourTold,
  after: HourTold,
  last: LastTold | null = null,
  wanted: SubscriptionEvent[] = all,
  minCompleteness: number | null = null,
  moved = false,
) {
  const terms = { minCompleteness, maxDuplicated: 0.0001 };
  return decideHourEvent({ before, after, moved, told: last, terms, wanted: new Set(wanted) });
}

describe("what a verdict's change is for a subscription", () => {
  test("closing → complete: complete", () => {
    expect(decide(hour("closing", 990n), hour("complete"))).toBe("complete");
  });
  test("closing → verifying → incomplete: nothing, then incomplete", () => {
    expect(decide(hour("closing", 900n), hour("verifying", 900n))).toBeNull();
    expect(decide(hour("verifying", 900n), hour("incomplete", 900n))).toBe("incomplete");
  });
  test.each(["unverified", "overcounted"] as const)("verifying → %s: incomplete, for it cannot be read", (state) => {
    expect(decide(hour("verifying"), hour(state))).toBe("incomplete");
  });
  test("complete → incomplete by late reports: amended, told or not", () => {
    expect(decide(hour("complete"), hour("incomplete", 900n), told("complete", 1_000n, true))).toBe("amended");
    expect(decide(hour("complete"), hour("incomplete", 900n))).toBe("amended");
  });
  test("complete with other figures: amended; with the same: nothing", () => {
    const more = { ...hour("complete"), produced: 1_001n, delivered: 1_001n };
    expect(decide(hour("complete"), more, told("complete", 1_000n, true))).toBe("amended");
    expect(decide(hour("complete"), hour("complete"), told("complete", 1_000n, true))).toBeNull();
  });
  test("incomplete → complete: complete, the first time that it can be read", () => {
    expect(decide(hour("incomplete", 900n), hour("complete"), told("incomplete", 900n, false))).toBe("complete");
  });
  test("complete → incomplete → complete again: amended both times, complete only once", () => {
    expect(decide(hour("incomplete", 900n), hour("complete"), told("incomplete", 900n, false, true))).toBe("amended");
  });
  test("incomplete with fewer losses: amended", () => {
    expect(decide(hour("incomplete", 900n), hour("incomplete", 950n), told("incomplete", 900n, false))).toBe("amended");
  });
  test("incomplete with the loss at another datacenter: amended for who was told, with the same totals", () => {
    const same = hour("incomplete", 900n);
    expect(decide(same, same, told("incomplete", 900n, false), all, null, true)).toBe("amended");
    expect(decide(same, same, null, all, null, true)).toBeNull();
  });
  test("late and closing are nobody's news", () => {
    expect(decide(hour("closing", 900n), hour("late", 900n))).toBeNull();
    expect(decide(hour("open", 900n), hour("closing", 950n))).toBeNull();
  });
});

describe("with the consumer's own threshold", () => {
  test("verifying above it: complete; what settles without a change is no news", () => {
    expect(decide(hour("closing", 900n), hour("verifying", 995n), null, all, 0.99)).toBe("complete");
    expect(
      decide(hour("verifying", 995n), hour("incomplete", 995n), told("verifying", 995n, true), all, 0.99),
    ).toBeNull();
  });
  test("events that come later, before the hour is final: amended", () => {
    expect(decide(hour("verifying", 995n), hour("verifying", 999n), told("verifying", 995n, true), all, 0.99)).toBe(
      "amended",
    );
  });
  test("complete by the type's promise is incomplete below a stricter one", () => {
    const almost = { ...hour("complete"), lost: 1n, delivered: 999n };
    expect(decide(hour("verifying", 999n), almost, null, all, 1)).toBe("incomplete");
  });
});

describe("with only some events wanted", () => {
  test("amended alone: of hours that could be read before, though nothing was told", () => {
    expect(decide(hour("closing", 900n), hour("complete"), null, ["amended"])).toBeNull();
    expect(decide(hour("complete"), hour("incomplete", 900n), null, ["amended"])).toBe("amended");
  });
  test("incomplete and amended: told that it is whole after all", () => {
    const last = told("incomplete", 900n, false);
    expect(decide(hour("incomplete", 900n), hour("complete"), last, ["incomplete", "amended"])).toBe("amended");
  });
  test("complete alone: no amendments", () => {
    expect(decide(hour("complete"), hour("incomplete", 900n), told("complete", 1_000n, true), ["complete"])).toBeNull();
  });
});

describe("runs of hours", () => {
  test.each([
    [24, "2026-11-22T13", "2026-11-22T00", "2026-11-23T00"],
    [24, "2026-11-23T00", "2026-11-23T00", "2026-11-24T00"],
    [168, "2026-11-22T13", "2026-11-16T00", "2026-11-23T00"],
    [6, "2026-11-22T13", "2026-11-22T12", "2026-11-22T18"],
    [24, "1969-12-31T23", "1969-12-31T00", "1970-01-01T00"],
  ])("%i hours around %s are %s up to %s", (hours, name, from, to) => {
    const run = runOf(new Date(`${name}:00:00Z`), hours);
    expect([formatHour(run.from), formatHour(run.to)]).toEqual([from, to]);
  });
});
