import { describe, expect, it } from "vitest";
import { type HourToUse, isReady } from "./readiness.ts";

const hour: HourToUse = { state: "complete", known: true, produced: 1000n, lost: 0n, duplicated: 0n };
const terms = { minCompleteness: null, maxDuplicated: 0.0001 };

describe("isReady", () => {
  it("without a threshold: complete and nothing else", () => {
    expect(isReady(hour, terms)).toBe(true);
    for (const state of ["open", "closing", "late", "verifying", "unverified", "incomplete", "overcounted"] as const) {
      expect(isReady({ ...hour, state }, terms)).toBe(false);
    }
  });

  it("0.999 accepts one lost of a thousand, to the event", () => {
    const wish = { ...terms, minCompleteness: 0.999 };
    expect(isReady({ ...hour, state: "incomplete", lost: 1n }, wish)).toBe(true);
    expect(isReady({ ...hour, state: "incomplete", lost: 2n }, wish)).toBe(false);
  });

  it("accepts while late events may still come, as its own tolerance is met already", () => {
    expect(isReady({ ...hour, state: "verifying", lost: 1n }, { ...terms, minCompleteness: 0.99 })).toBe(true);
  });

  it("1 is stricter than the type: complete within its tolerance is not enough", () => {
    const almost = { ...hour, produced: 1_000_000n, lost: 1n };
    expect(isReady(almost, terms)).toBe(true);
    expect(isReady(almost, { ...terms, minCompleteness: 1 })).toBe(false);
    expect(isReady(hour, { ...terms, minCompleteness: 1 })).toBe(true);
  });

  it("0 still waits for closing and for known counts", () => {
    const wish = { ...terms, minCompleteness: 0 };
    for (const state of ["open", "closing", "late"] as const) expect(isReady({ ...hour, state }, wish)).toBe(false);
    expect(isReady({ ...hour, state: "unverified", known: false }, wish)).toBe(false);
  });

  it("does not trade losses for duplicates", () => {
    const doubled = { ...hour, state: "overcounted" as const, duplicated: 5n };
    expect(isReady(doubled, { ...terms, minCompleteness: 0.5 })).toBe(false);
    expect(isReady(doubled, { minCompleteness: 0.5, maxDuplicated: 0.01 })).toBe(true);
  });
});
