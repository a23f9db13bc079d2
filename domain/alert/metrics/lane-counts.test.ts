import { describe, expect, it } from "vitest";
import { isBeyondChance } from "./lane-counts.ts";

describe("a share of few events", () => {
  it("is no finding while chance explains it", () => {
    expect(isBeyondChance(1, 57, 0.005)).toBe(false);
    expect(isBeyondChance(3, 57, 0.005)).toBe(true);
    expect(isBeyondChance(5, 1000, 0.01)).toBe(false);
    expect(isBeyondChance(20, 1000, 0.01)).toBe(true);
  });

  it("is one as soon as there are many", () => {
    expect(isBeyondChance(10_100, 1_000_000, 0.01)).toBe(false);
    expect(isBeyondChance(10_300, 1_000_000, 0.01)).toBe(true);
    expect(isBeyondChance(150_000_000, 1_000_000_000, 0.1)).toBe(true);
  });

  it("needs nothing to compare with where nothing was to be expected", () => {
    expect(isBeyondChance(1, 0, 0.5)).toBe(true);
  });
});
