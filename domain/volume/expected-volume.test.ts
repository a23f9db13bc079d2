import { describe, expect, it } from "vitest";
import { expectedVolume } from "../volume.ts";
import { foldSeries, layOutSeries } from "./series.ts";

const dayMs = 86_400_000;
const start = Date.parse("2026-10-05T00:00:00Z");

/** Four weeks at any step, a hundred an hour by night and three hundred by day. */
function history(stepMs: number) {
  return Array.from({ length: (28 * dayMs) / stepMs }, (_, index) => {
    const atMs = start + index * stepMs;
    const hour = new Date(atMs).getUTCHours();
    return { at: new Date(atMs), count: ((hour >= 8 && hour < 20 ? 300 : 100) * stepMs) / 3_600_000 };
  });
}

describe("expectedVolume", () => {
  it.each([5, 30, 60])("knows the hour of the week at steps of %i minutes", (minutes) => {
    const stepMs = minutes * 60_000;
    const at = (text: string) => expectedVolume({ history: history(stepMs), at: new Date(text), stepMs })?.expected;
    expect(at("2026-11-02T03:00:00Z")).toBeCloseTo((100 * minutes) / 60, 0);
    expect(at("2026-11-02T12:00:00Z")).toBeCloseTo((300 * minutes) / 60, 0);
  });

  it("judges the point at the instant if there is one, and only foretells it otherwise", () => {
    const at = new Date("2026-11-02T12:00:00Z");
    expect(expectedVolume({ history: history(3_600_000), at })).toMatchObject({ ratio: null, pTooLow: null });
    const low = expectedVolume({ history: [...history(3_600_000), { at, count: 20 }], at });
    expect(low?.ratio).toBeCloseTo(20 / 300, 2);
    expect(low?.pTooLow).toBeLessThan(0.01);
  });

  it("is null when it knows nothing", () => {
    expect(expectedVolume({ history: [], at: new Date("2026-11-02T12:00:00Z") })).toBeNull();
    expect(
      expectedVolume({ history: history(3_600_000).slice(0, 100), at: new Date(start + 100 * 3_600_000) }),
    ).toBeNull();
  });
});

describe("foldSeries", () => {
  it("adds steps up to hours, makes up for a missing one, and leaves an hour unknown of which little was said", () => {
    const points = Array.from({ length: 36 }, (_, at) => ({ atMs: at * 300_000, count: 1 }));
    const told = points.filter((_, at) => at !== 3 && !(at >= 14 && at < 20));
    const hours = foldSeries(layOutSeries({ fromMs: 0, stepMs: 300_000, steps: 36 }, told), 3_600_000);
    expect([...hours.counts]).toEqual([12, Number.NaN, 12]);
  });

  it("marks an hour of which any part is marked", () => {
    const excluded = [{ from: new Date(3_900_000), to: new Date(4_200_000) }];
    const hours = foldSeries(layOutSeries({ fromMs: 0, stepMs: 300_000, steps: 36 }, [], excluded), 3_600_000);
    expect([...hours.excluded]).toEqual([0, 1, 0]);
  });
});
