import { describe, expect, test } from "vitest";
import { formatHour } from "./hour.ts";
import {
  decideHourEvent,
  type HourKnowledge,
  isMaterial,
  type KnownHour,
  type ReportedHour,
  runOf,
  type SubscriptionEvent,
} from "./subscription.ts";
import type { VerdictState } from "./verdict.ts";

const all: SubscriptionEvent[] = ["complete", "amended", "incomplete"];

function hour(state: VerdictState, delivered = 1_000n, revision = 2): ReportedHour {
  const lost = 1_000n - delivered;
  return { state, revision, known: true, produced: 1_000n, delivered, lost, duplicated: 0n, skewed: 0n };
}

function known(state: VerdictState, delivered: bigint, ready: boolean): KnownHour {
  return { ...hour(state, delivered), ready };
}

function sent(state: VerdictState, delivered: bigint, ready: boolean, everReady = ready) {
  return { ...known(state, delivered, ready), everReady };
}

function decide(
  before: ReportedHour,
  after: ReportedHour,
  knowledge: Partial<HourKnowledge> = {},
  wanted: SubscriptionEvent[] = all,
  minCompleteness: number | null = null,
) {
  const terms = { minCompleteness, maxLost: 0.0001, maxDuplicated: 0.0001 };
  const full = { sent: null, read: null, held: null, ...knowledge };
  return decideHourEvent({ ...full, before, after, terms, wanted: new Set(wanted) })?.event ?? null;
}

describe("what a verdict's change is for a subscription that knows nothing of the hour", () => {
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
  test("late and closing are no news yet", () => {
    expect(decide(hour("closing", 900n), hour("late", 900n))).toBeNull();
    expect(decide(hour("open", 900n), hour("closing", 950n))).toBeNull();
  });
  test("complete before it subscribed, then materially other figures: complete, for it is the first that it hears", () => {
    const more = { ...hour("complete"), produced: 1_100n, delivered: 1_100n };
    expect(decide(hour("complete"), more)).toBe("complete");
    expect(decide(hour("complete"), more, {}, ["amended"])).toBe("amended");
  });
  test("complete before it subscribed, then incomplete: incomplete; amended for who wants no more", () => {
    expect(decide(hour("complete"), hour("incomplete", 900n))).toBe("incomplete");
    expect(decide(hour("complete"), hour("incomplete", 900n), {}, ["complete", "amended"])).toBe("amended");
    expect(decide(hour("complete"), hour("late", 900n))).toBe("amended");
  });
  test("small changes since it could be read add up", () => {
    const big = (lost: bigint): ReportedHour => ({
      ...hour("complete"),
      produced: 1_000_000n,
      delivered: 1_000_000n - lost,
      lost,
    });
    expect(decide(big(40n), big(90n), {}, ["amended"])).toBeNull();
    expect(decide(big(90n), big(120n), { held: { ...big(0n), ready: true } }, ["amended"])).toBe("amended");
  });
});

describe("for one that was sent a message about the hour", () => {
  test("complete → incomplete by late reports: amended", () => {
    const last = sent("complete", 1_000n, true);
    expect(decide(hour("complete"), hour("incomplete", 900n), { sent: last })).toBe("amended");
  });
  test("complete with materially other figures: amended; with the same, or hardly other: nothing", () => {
    const last = sent("complete", 1_000n, true);
    const more = { ...hour("complete"), produced: 1_001n, delivered: 1_001n };
    expect(decide(hour("complete"), more, { sent: last })).toBe("amended");
    expect(decide(hour("complete"), hour("complete"), { sent: last })).toBeNull();
    const many = (delivered: bigint) => ({ ...hour("complete"), produced: delivered, delivered });
    const lastOfMany = { ...many(1_000_000n), ready: true, everReady: true };
    expect(decide(many(1_000_000n), many(1_000_100n), { sent: lastOfMany })).toBeNull();
    expect(decide(many(1_000_100n), many(1_000_200n), { sent: lastOfMany })).toBe("amended");
  });
  test("incomplete → complete: complete, the first time that it can be read", () => {
    expect(decide(hour("incomplete", 900n), hour("complete"), { sent: sent("incomplete", 900n, false) })).toBe(
      "complete",
    );
  });
  test("complete → incomplete → complete again: amended both times, complete only once", () => {
    expect(decide(hour("incomplete", 900n), hour("complete"), { sent: sent("incomplete", 900n, false, true) })).toBe(
      "amended",
    );
  });
  test("incomplete with fewer losses: amended", () => {
    expect(decide(hour("incomplete", 900n), hour("incomplete", 950n), { sent: sent("incomplete", 900n, false) })).toBe(
      "amended",
    );
  });
  test("incomplete with the loss at another datacenter and the same totals: nothing", () => {
    const same = hour("incomplete", 900n);
    expect(decide(same, same, { sent: sent("incomplete", 900n, false) })).toBeNull();
  });
  test("incomplete and amended alone are wanted: amended once it is whole after all", () => {
    const last = { sent: sent("incomplete", 900n, false) };
    expect(decide(hour("incomplete", 900n), hour("complete"), last, ["incomplete", "amended"])).toBe("amended");
  });
  test("complete alone is wanted: no amendments", () => {
    const last = { sent: sent("complete", 1_000n, true) };
    expect(decide(hour("complete"), hour("incomplete", 900n), last, ["complete"])).toBeNull();
  });
});

describe("for one whose consumer read the hour through the gate", () => {
  const read = known("complete", 1_000n, true);
  test("materially other figures: amended, never complete", () => {
    expect(decide(hour("complete"), hour("incomplete", 900n), { read })).toBe("amended");
    const more = { ...hour("complete"), produced: 1_100n, delivered: 1_100n };
    expect(decide(hour("complete"), more, { read })).toBe("amended");
    expect(decide(hour("complete"), more, { read }, ["complete", "incomplete"])).toBeNull();
  });
  test("sends nothing for the same figures", () => {
    expect(decide(hour("incomplete", 900n), hour("complete"), { read })).toBeNull();
  });
  test("what the subscription was sent counts before it", () => {
    expect(decide(hour("complete"), hour("complete"), { read, sent: sent("incomplete", 900n, false, true) })).toBe(
      "amended",
    );
  });
});

describe("with the consumer's own threshold", () => {
  test("verifying above it: complete; what settles without a change is no news", () => {
    expect(decide(hour("closing", 900n), hour("verifying", 995n), {}, all, 0.99)).toBe("complete");
    const last = { sent: sent("verifying", 995n, true) };
    expect(decide(hour("verifying", 995n), hour("incomplete", 995n), last, all, 0.99)).toBeNull();
  });
  test("events that come later, before the hour is final: amended", () => {
    const last = { sent: sent("verifying", 995n, true) };
    expect(decide(hour("verifying", 995n), hour("verifying", 999n), last, all, 0.99)).toBe("amended");
  });
  test("complete by the type's promise is incomplete below a stricter one", () => {
    const almost = { ...hour("complete"), lost: 1n, delivered: 999n };
    expect(decide(hour("verifying", 999n), almost, {}, all, 1)).toBe("incomplete");
  });
});

describe("what is material", () => {
  const terms = { maxLost: 0.01, maxDuplicated: 0.001 };
  const figures = { ready: true, produced: 1_000n, delivered: 1_000n, lost: 0n, duplicated: 0n };
  test.each([
    ["nothing", {}, false],
    ["readiness", { ready: false }, true],
    ["lost up to the tolerance", { lost: 10n, delivered: 990n }, false],
    ["lost beyond it", { lost: 11n, delivered: 989n }, true],
    ["duplicated up to its own tolerance", { duplicated: 1n, delivered: 1_001n }, false],
    ["duplicated beyond it", { duplicated: 2n, delivered: 1_002n }, true],
    ["produced and delivered together, beyond it", { produced: 1_020n, delivered: 1_020n }, true],
    ["produced and delivered together, within it", { produced: 1_010n, delivered: 1_010n }, false],
    ["anything, where nothing is produced any more", { produced: 0n, delivered: 0n }, true],
  ])("%s", (_, change, material) => {
    const before = { ...figures, state: "complete" as const, known: true };
    expect(isMaterial(before, { ...figures, ...change }, terms)).toBe(material);
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
