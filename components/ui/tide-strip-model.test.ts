import { describe, expect, it } from "vitest";
import { hourNameOf, makeTideCells, type StripHour, stripStart } from "./tide-strip-model.ts";

const currentHour = "2026-11-22T15";

function hour(name: string, state: StripHour["state"], more: Partial<StripHour> = {}): StripHour {
  return { hour: name, state, amended: false, closingDelaySeconds: null, ...more };
}

describe("makeTideCells", () => {
  it("gives an hour without a verdict its place and its name", () => {
    const cells = makeTideCells([null, hour("2026-11-22T13", "complete")], "2026-11-22T12", null, currentHour);
    expect(cells.map((cell) => cell.hour)).toEqual(["2026-11-22T12", "2026-11-22T13"]);
    expect(cells[0]).toMatchObject({ state: null, label: "2026-11-22T12 has no verdict" });
  });

  it("puts the waterline under completeThrough and nowhere else", () => {
    const cells = makeTideCells(
      [hour("2026-11-22T12", "complete"), hour("2026-11-22T13", "late"), hour("2026-11-22T14", "complete")],
      "2026-11-22T12",
      "2026-11-22T12",
      currentHour,
    );
    expect(cells.map((cell) => cell.waterline)).toEqual([true, false, false]);
  });

  it("says how long a closed hour took, and that an unclosed one is not", () => {
    const cells = makeTideCells(
      [
        hour("2026-11-22T13", "complete", { closingDelaySeconds: 780, amended: true }),
        hour("2026-11-22T14", "late"),
        hour("2026-11-22T15", "open"),
      ],
      "2026-11-22T13",
      null,
      currentHour,
    );
    expect(cells.map((cell) => cell.label)).toEqual([
      "2026-11-22T13 complete, closed 13 min after its end, amended",
      "2026-11-22T14 late, not closed",
      "2026-11-22T15 open",
    ]);
  });

  it("marks an hour that closed after its deadline; a late one says so by its state", () => {
    const cells = makeTideCells(
      [
        hour("2026-11-22T12", "complete", { closingDelaySeconds: 7_800, deadlineMet: false }),
        hour("2026-11-22T13", "complete", { closingDelaySeconds: 780, deadlineMet: true }),
        hour("2026-11-22T14", "late", { deadlineMet: false }),
      ],
      "2026-11-22T12",
      null,
      currentHour,
    );
    expect(cells.map(({ missed }) => missed)).toEqual([true, false, false]);
    expect(cells[0]?.label).toBe("2026-11-22T12 complete, closed 2 h 10 min after its end, deadline missed");
  });

  it("deepens only lateness that lasts", () => {
    const cells = makeTideCells([hour("2026-11-21T13", "late"), hour("2026-11-22T13", "late")], "x", null, currentHour);
    expect(cells).toEqual([]);
    const real = makeTideCells(
      [hour("2026-11-21T13", "late"), hour("2026-11-22T13", "late")],
      "2026-11-21T13",
      null,
      currentHour,
    );
    expect(real.map((cell) => cell.deep)).toEqual([true, false]);
  });
});

it("a strip of 24 ends with the current hour", () => {
  expect(hourNameOf("2026-11-27T13:59:59Z")).toBe("2026-11-27T13");
  expect(stripStart(hourNameOf("2026-11-22T15:42:10Z"), 24)).toBe("2026-11-21T16");
});
