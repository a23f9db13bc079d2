import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPercent } from "./percent.ts";

describe("formatPercent", () => {
  it.each([
    [1, "100 %"],
    [0, "0 %"],
    [12_345_678 / 12_345_690, "99.9999 %"],
    [0.5, "50 %"],
    [0.995, "99.5 %"],
    [0.999, "99.9 %"],
    [0.0001, "0.01 %"],
    [0.81, "81 %"],
  ])("%d is %s", (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });

  it("never calls an incomplete share whole, nor a share with something in it nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1e9 }), fc.nat(), (whole, pick) => {
        const part = 1 + (pick % (whole - 1));
        expect(formatPercent(part / whole)).not.toBe("100 %");
        expect(formatPercent(part / whole)).not.toBe("0 %");
      }),
    );
  });
});
