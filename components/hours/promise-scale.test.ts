import { describe, expect, it } from "vitest";
import type { VerdictJson } from "#domain/api/verdict.ts";
import { makePromiseScale } from "./promise-scale.ts";

const base: VerdictJson = {
  eventType: "EndSong",
  hour: "2026-11-22T13",
  state: "closing",
  revision: 1,
  amended: false,
  endsAt: "2026-11-22T14:00:00Z",
  deadlineAt: "2026-11-22T16:00:00Z",
  closedAt: null,
  closingDelaySeconds: null,
  deadlineMet: null,
  produced: 0,
  delivered: 0,
  lost: 0,
  duplicated: 0,
  skewed: 0,
  accepted: null,
  completeness: null,
  datacenters: [],
  reasons: [],
  forecast: null,
  asOf: "2026-11-22T15:00:00Z",
};

describe("makePromiseScale", () => {
  it("an open hour has no line yet", () => expect(makePromiseScale({ ...base, state: "open" })).toBeNull());

  it("now stands half way to the deadline", () => {
    const scale = makePromiseScale(base);
    expect(scale?.over).toBe(false);
    expect((scale?.usedPercent ?? 0) * 2).toBeCloseTo(scale?.deadlinePercent ?? 0);
    expect(scale?.marks.map(({ id, label, detail }) => [id, label, detail])).toEqual([
      ["end", "hour ends", null],
      ["now", "now", "after 60 min"],
      ["deadline", "deadline", null],
    ]);
  });

  it("a late closing stands beyond the deadline", () => {
    const scale = makePromiseScale({ ...base, state: "complete", closedAt: "2026-11-22T18:00:00Z" });
    expect(scale?.over).toBe(true);
    expect(scale?.deadlinePercent).toBeLessThan(scale?.usedPercent ?? 0);
    expect(scale?.marks[1]).toMatchObject({ id: "closed", detail: "after 4 h 00 min" });
  });

  it("an hour closed before its end stands at its end", () => {
    expect(makePromiseScale({ ...base, state: "complete", closedAt: "2026-11-22T13:50:00Z" })?.usedPercent).toBe(0);
  });

  it("the forecast is drawn while it is not closed, and not after", () => {
    const forecast = { breachProbability: 0.5, closesAt: { p50: "2026-11-22T15:30:00Z", p90: "2026-11-22T17:00:00Z" } };
    expect(makePromiseScale({ ...base, forecast })?.forecast?.label).toBe("closes after 90 min to 3 h 00 min");
    expect(makePromiseScale({ ...base, forecast })?.forecast?.toPercent).toBeLessThan(100);
    expect(makePromiseScale({ ...base, forecast, closedAt: "2026-11-22T15:00:00Z" })?.forecast).toBeNull();
  });
});
