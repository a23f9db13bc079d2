import { describe, expect, it } from "vitest";
import { evidenceOf, evidenceToPage, nextRun, oddsOfDrop } from "./drop-evidence.ts";

describe("oddsOfDrop", () => {
  it("is 1 on average while all is as usual: no bet against it wins", () => {
    for (const mean of [0.3, 2, 4]) {
      let [chance, average] = [Math.exp(-mean), 0];
      for (let count = 0; count < 40; chance *= mean / ++count)
        average += chance * oddsOfDrop(count, { mean, spread: 0 });
      expect(average).toBeCloseTo(1, 2);
    }
  });

  it("falls with the count, says little of few events and never more than 100", () => {
    const odds = [0, 1, 5, 10, 20].map((count) => oddsOfDrop(count, { mean: 10, spread: 0.05 }));
    expect(odds).toEqual([...odds].sort((a, b) => b - a));
    expect(oddsOfDrop(0, { mean: 0.3, spread: 0 })).toBeLessThan(1.5);
    expect(oddsOfDrop(0, { mean: 1e9, spread: 0 })).toBe(100);
  });
});

describe("evidenceOf", () => {
  it("is the odds themselves where they never were great, and less where they often are", () => {
    expect(evidenceOf(100, { size: 999, oddsSum: 100 })).toBe(100);
    expect(evidenceOf(100, { size: 999, oddsSum: 9_900 })).toBe(10);
    expect(evidenceOf(0, { size: 999, oddsSum: 100 })).toBe(0.01);
  });
});

describe("nextRun", () => {
  const doubtful = { state: "doubtful", evidence: 1e4 } as const;

  it.each([
    ["usual → doubtful: an hour speaks for a drop", { state: "usual", evidence: 0 }, 50, 0.4, "doubtful"],
    ["doubtful → drop: enough hours do", doubtful, 100, 0.4, "drop"],
    ["doubtful stays: enough evidence, but more than half is there", doubtful, 100, 0.6, "doubtful"],
    ["doubtful → usual: the evidence is gone", doubtful, 1e-5, 0.4, "usual"],
    ["drop stays: less than three quarters are back", { state: "drop", evidence: 1e6 }, 0.01, 0.7, "drop"],
    ["drop → usual: three quarters are back", { state: "drop", evidence: 1e6 }, 0.01, 0.75, "usual"],
  ] as const)("%s", (_, run, evidence, share, state) => {
    expect(nextRun(run, evidence, share).state).toBe(state);
  });

  it("never holds more evidence than a page needs, so that an hour of plenty shows at once", () => {
    expect(nextRun({ state: "doubtful", evidence: evidenceToPage }, 100, 0.9).evidence).toBe(evidenceToPage);
  });
});
