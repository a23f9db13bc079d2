import { describe, expect, test } from "vitest";
import { writtenDefaults } from "#domain/alert.ts";
import { parseAlertRule } from "#domain/alert-rule.ts";
import { thresholdSteps } from "./threshold-steps.ts";

describe("the steps of a threshold", () => {
  test("are written as it is written, and hold what is written now in its place", () => {
    expect(thresholdSteps("breach_probability", "52%")?.slice(9, 12)).toEqual(["50%", "52%", "55%"]);
    const waits = thresholdSteps("datacenter_silence", "900s");
    expect(waits).toContain("900s");
    expect(waits).not.toContain("15m");
    expect(thresholdSteps("closing_delay", "80%")).toContain("120%");
    expect(thresholdSteps("closing_delay", "80m")).toContain("60m");
    expect(thresholdSteps("lost", 5)?.slice(0, 3)).toEqual([1, 2, 5]);
    expect(thresholdSteps("completeness", "99.9%")?.at(-1)).toBe("99.999%");
  });
  test("there are none for what has no threshold, or one that cannot be read", () => {
    expect(thresholdSteps("burn_rate", undefined)).toBeNull();
    expect(thresholdSteps("backlog_age", "soon")).toBeNull();
  });
  test("are all taken by the rules that come with the product", () => {
    for (const { spec } of writtenDefaults.filter(({ spec }) => spec.metric !== "burn_rate")) {
      const steps = thresholdSteps(String(spec.metric), spec.threshold);
      expect(steps).toContain(spec.threshold);
      for (const threshold of steps ?? []) {
        expect([threshold, parseAlertRule({ ...spec, threshold }).ok]).toEqual([threshold, true]);
      }
    }
  });
});
