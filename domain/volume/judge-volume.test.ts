import { describe, expect, it } from "vitest";
import { nabFolder, readNab, scoreDrops } from "#test/nab.ts";
import { judgeVolume } from "./judge-volume.ts";
import type { VolumeSeries } from "./series.ts";

const hourMs = 3_600_000;
const week = 168;

/** A week that repeats, busier by day, on a base; deterministic and a little uneven. */
function usualWeeks(weeks: number, base: number): VolumeSeries {
  const counts = Float64Array.from({ length: weeks * week }, (_, hour) => {
    const uneven = 1 + 0.05 * Math.sin(hour * 12.9898) * Math.cos(hour * 78.233);
    return Math.round(base * (1.2 + Math.sin(((hour % 24) / 24) * 2 * Math.PI)) * uneven);
  });
  return { fromMs: 0, stepMs: hourMs, counts, excluded: new Uint8Array(counts.length) };
}

function change(series: VolumeSeries, from: number, to: number, share: number): VolumeSeries {
  const counts = series.counts.map((count, at) => (at >= from && at < to ? Math.round(count * share) : count));
  return { ...series, counts };
}

const dropHours = (series: VolumeSeries) =>
  judgeVolume(series).flatMap(({ state, index }) => (state === "drop" ? [index] : []));

describe("judgeVolume", () => {
  it("knows nothing in the first week, and what to expect after it", () => {
    const judged = judgeVolume(usualWeeks(3, 500));
    expect(judged.slice(0, week).every(({ usual }) => usual === null)).toBe(true);
    const last = judged.at(-1);
    expect(last?.usual?.ratio).toBeCloseTo(1, 0);
    expect(last?.usual?.low).toBeLessThan(last?.observed ?? 0);
    expect(last?.usual?.high).toBeGreaterThan(last?.observed ?? 0);
  });

  it("never has the judged count in its own baseline, nor what came after it", () => {
    const series = usualWeeks(5, 500);
    const at = 4 * week + 30;
    const expectedOf = (each: VolumeSeries) => judgeVolume(each)[at]?.usual?.expected;
    expect(expectedOf(change(series, at, series.counts.length, 9))).toBe(expectedOf(series));
  });

  it("usual → doubtful → drop after three hours of nothing, → usual once it is back", () => {
    const from = 6 * week + 40;
    const judged = judgeVolume(change(usualWeeks(7, 500), from, from + 10, 0));
    const states = judged.slice(from - 1, from + 13).map(({ state }) => state);
    expect(states).toEqual(["usual", "doubtful", "doubtful", ...Array(10).fill("drop"), "usual"]);
  });

  it("does not page for two hours of nothing, nor for a lasting loss of a third", () => {
    const from = 6 * week + 40;
    expect(dropHours(change(usualWeeks(7, 500), from, from + 2, 0))).toEqual([]);
    expect(dropHours(change(usualWeeks(7, 500), from, from + 30, 0.67))).toEqual([]);
  });

  it("judges unknown hours as neither low nor zero", () => {
    const series = usualWeeks(7, 500);
    const from = 6 * week + 40;
    for (let at = from; at < from + 10; at++) series.counts[at] = Number.NaN;
    const judged = judgeVolume(series);
    expect(judged.some(({ state }) => state === "drop")).toBe(false);
    expect(judged[from]).toMatchObject({ observed: null, usual: { ratio: null, pTooLow: null } });
  });

  it("needs more hours the fewer events there are, and never pages a type of one event a day", () => {
    const from = 7 * week + 40;
    const firstAfter = (base: number) =>
      (dropHours(change(usualWeeks(9, base), from, from + 48, 0))[0] ?? Number.NaN) - from + 1;
    expect(firstAfter(500)).toBe(3);
    expect(firstAfter(4)).toBeGreaterThan(4);
    expect(firstAfter(4)).toBeLessThan(24);
    expect(firstAfter(0.04)).toBeNaN();
  });

  it("takes a new level for the usual one after four days", () => {
    const from = 6 * week + 40;
    const series = change(usualWeeks(8, 500), from, 8 * week, 0.3);
    const last = dropHours(series).at(-1) ?? 0;
    expect((last - from) / 24).toBeGreaterThan(3);
    expect((last - from) / 24).toBeLessThan(5);
    expect(judgeVolume(series).at(-1)?.usual?.ratio).toBeCloseTo(1, 0);
  });

  it("expects the week after a holiday what it expected before", () => {
    const from = 6 * week + 24;
    const series = change(usualWeeks(8, 500), from, from + 24, 0.3);
    const after = from + week + 12;
    const share =
      (judgeVolume(series)[after]?.usual?.expected ?? 0) /
      (judgeVolume(usualWeeks(8, 500))[after]?.usual?.expected ?? 0);
    expect(share).toBeGreaterThan(0.97);
  });

  it("learns nothing from marked incidents, and does not page in them", () => {
    const marked = change(usualWeeks(4, 500), week + 24, 3 * week, 0);
    marked.excluded.fill(1, week + 24, 3 * week);
    expect(dropHours(marked)).toEqual([]);
    expect(judgeVolume(marked).at(-1)?.usual?.ratio).toBeCloseTo(1, 0);
    expect(
      judgeVolume({ ...marked, excluded: new Uint8Array(marked.counts.length) }).at(-1)?.usual?.ratio,
    ).not.toBeCloseTo(1, 0);
  });
});

describe("labelled series", () => {
  const scores = new Map(
    readNab(nabFolder).map((labelled) => {
      const dropping = judgeVolume(labelled.series).map(({ state }) => state === "drop");
      return [labelled.name, scoreDrops(labelled, dropping)];
    }),
  );
  const windows = (name: string) => scores.get(name)?.caught.map(({ window }) => window);

  it("pages Thanksgiving, Christmas and the snowstorm of New York's taxis, and the fall to zero of Grok's server", () => {
    expect(windows("nyc_taxi")).toEqual([1, 2, 4]);
    expect(windows("grok_asg_anomaly")).toEqual([2]);
  });

  it("pages at most once a month outside the windows, and never in the Twitter series", () => {
    for (const { falsePagesMs, months } of scores.values()) expect(falsePagesMs.length / months).toBeLessThanOrEqual(1);
    expect(scores.get("Twitter_volume_AAPL")?.falsePagesMs).toEqual([]);
    expect(scores.get("Twitter_volume_CVS")?.falsePagesMs).toEqual([]);
  });
});
