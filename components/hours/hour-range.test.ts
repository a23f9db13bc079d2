import { describe, expect, it } from "vitest";
import { resolveHourRange, shiftHourRange } from "./hour-range.ts";

const nowAt = new Date("2026-11-22T13:42:00Z");

describe("resolveHourRange", () => {
  it("is the last 48 hours, the current one included", () => {
    expect(resolveHourRange({}, nowAt)).toEqual({
      from: "2026-11-20T14",
      to: "2026-11-22T14",
      hours: 48,
      current: true,
      fault: null,
    });
  });
  it("takes what is asked for", () => {
    expect(resolveHourRange({ from: "2026-11-20T00", to: "2026-11-21T00Z" }, nowAt)).toMatchObject({
      from: "2026-11-20T00",
      to: "2026-11-21T00",
      hours: 24,
      current: false,
    });
  });
  it("fills in the bound that is missing", () => {
    expect(resolveHourRange({ to: "2026-11-10T00" }, nowAt)).toMatchObject({
      from: "2026-11-08T00",
      to: "2026-11-10T00",
    });
    expect(resolveHourRange({ from: "2026-11-22T00" }, nowAt)).toMatchObject({ to: "2026-11-22T14", current: true });
  });
  it("says what was wrong and shows the last hours instead", () => {
    expect(resolveHourRange({ from: "yesterday" }, nowAt)).toMatchObject({ to: "2026-11-22T14", current: true });
    expect(resolveHourRange({ from: "yesterday" }, nowAt).fault).toContain("“yesterday”");
    expect(resolveHourRange({ from: "2026-11-21T00", to: "2026-11-20T00" }, nowAt).fault).toContain("before its start");
  });
  it("is never longer than one page of the API", () => {
    const range = resolveHourRange({ from: "2026-01-01T00", to: "2026-11-01T00" }, nowAt);
    expect(range.hours).toBe(500);
    expect(range.fault).toContain("500");
  });
});

it("the neighbours of a range touch it", () => {
  const range = resolveHourRange({ from: "2026-11-20T00", to: "2026-11-21T00" }, nowAt);
  expect(shiftHourRange(range, -1)).toEqual({ from: "2026-11-19T00", to: "2026-11-20T00" });
  expect(shiftHourRange(range, 1)).toEqual({ from: "2026-11-21T00", to: "2026-11-22T00" });
});
