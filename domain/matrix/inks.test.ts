import { describe, expect, it, test } from "vitest";
import type { VerdictState } from "../verdict.ts";
import { ratioSteps, toDelayCode, toRatioCode, toStateCode } from "./codes.ts";
import { daysOf, hourColumns } from "./columns.ts";
import {
  countStates,
  delayStep,
  findCalmDays,
  inkColumns,
  inkMatrix,
  inks,
  ratioStep,
  stateInk,
  weighRow,
} from "./inks.ts";
import { emptyMatrix, type Matrix } from "./matrix.ts";

const from = new Date("2026-11-20T00:00:00Z");
const asOfMs = Date.parse("2026-11-22T02:30:00Z");

/** Rows of letters, an hour each: C complete, L late, G closing, U unverified, I incomplete, O open, . none. */
function matrixOf(...rows: string[]): Matrix {
  const named: Record<string, VerdictState> = {
    C: "complete",
    L: "late",
    G: "closing",
    U: "unverified",
    I: "incomplete",
    O: "open",
  };
  const types = rows.map((_, row) => {
    return { eventType: `T${row}`, owner: "x", tier: "high", deadlineSeconds: 7200, troubledBy: [] };
  });
  const matrix = emptyMatrix(from, rows[0]?.length ?? 0, types);
  matrix.states.set([...rows.join("")].map((letter) => toStateCode(named[letter] ?? null, false)));
  return matrix;
}

describe("by state", () => {
  it("each state has its ink, and what is late for more than a day a deeper one", () => {
    const matrix = matrixOf(`CL.${"C".repeat(24)}LO`);
    const cells = inkMatrix(matrix, "state", Date.parse("2026-11-21T05:00:00Z"));
    expect([...cells].slice(0, 3)).toEqual([stateInk("complete"), inks.deepLate, inks.none]);
    expect([...cells].slice(-2)).toEqual([stateInk("late"), stateInk("open")]);
  });

  it("a complete hour that closed after its deadline has an ink of its own, and a worse state keeps its own", () => {
    const matrix = matrixOf("CCI");
    matrix.delays.set([7200, 7201, 7201].map((seconds) => toDelayCode(seconds, 7200)));
    const cells = inkMatrix(matrix, "state", asOfMs);
    expect([...cells]).toEqual([stateInk("complete"), inks.missed, stateInk("incomplete")]);
    expect(weighRow(cells.subarray(1, 2))).toBeGreaterThan(weighRow(cells.subarray(0, 1)));
    const month = new Uint8Array(744).fill(inks.missed);
    expect(weighRow(month)).toBeGreaterThan(weighRow(cells.subarray(1, 2)));
    for (const trouble of ["unverified", "overcounted", "incomplete", "late"] as const) {
      expect(weighRow(Uint8Array.of(stateInk(trouble)))).toBeGreaterThan(weighRow(month));
    }
    expect(countStates(matrix, [0], 0, 3).missed).toBe(2);
  });
});

describe("by closing delay", () => {
  test.each([
    [30, 0],
    [60, 1],
    [1800, 1],
    [1801, 2],
    [3601, 3],
    [7200, 4],
    [7201, 5],
  ])("of a deadline of two hours %i s are step %i", (seconds, step) => {
    expect(delayStep(seconds, 7200)).toBe(step);
  });

  it("an hour that is not closed counts with what it has waited; the running one is open", () => {
    const matrix = matrixOf(`C${"C".repeat(46)}GLO.`.slice(0, 50).padEnd(51, "."));
    matrix.delays[0] = toDelayCode(600, 7200);
    const cells = inkMatrix(matrix, "delay", asOfMs);
    expect(cells[0]).toBe(inks.step + 1);
    expect([...cells].slice(47, 51)).toEqual([inks.step + 5, inks.step + 3, stateInk("open"), inks.none]);
  });
});

describe("by lost, duplicated and skew", () => {
  test.each([
    [0, 0],
    [1e-9, 1],
    [0.00001, 1],
    [0.0001, 2],
    [0.0002, 3],
    [0.005, 4],
    [0.3, 5],
  ])("a ratio of %f is step %i", (ratio, step) => {
    expect(ratioStep(ratio)).toBe(step);
  });

  it("what is not closed, or whose produced counts are unknown, is unknown and never none", () => {
    const matrix = matrixOf("CGLUO.I");
    matrix.lost[6] = toRatioCode(0.02, ratioSteps.lost);
    const [open, none] = [stateInk("open"), inks.none];
    const unknown = inks.unknown;
    expect([...inkMatrix(matrix, "lost", asOfMs)]).toEqual([10, unknown, unknown, unknown, open, none, 15]);
    expect([...inkMatrix(matrix, "skewed", asOfMs)]).toEqual([10, unknown, unknown, 10, open, none, 10]);
  });
});

describe("days and rows", () => {
  const rows = [`${"C".repeat(30)}I${"C".repeat(40)}O`, `${"C".repeat(48)}${".".repeat(24)}`];
  const matrix = matrixOf(...rows);
  const cells = inkMatrix(matrix, "state", asOfMs);
  const days = daysOf(from, 72);

  it("a day is calm when nothing in it asks to be looked at, in any shown row; one that still runs never is", () => {
    expect(findCalmDays(cells, 72, [0, 1], days)).toEqual([true, false, false]);
    expect(findCalmDays(cells, 72, [1], days)).toEqual([true, true, true]);
  });

  it("several hours in one column are inked like the worst of them", () => {
    const columns = hourColumns(days, () => true);
    expect([...inkColumns(cells, 72, [0, 1], columns)]).toEqual([
      ...[stateInk("complete"), stateInk("incomplete"), stateInk("open")],
      ...[stateInk("complete"), stateInk("complete"), inks.none],
    ]);
  });

  it("rows weigh by what is wrong in them: one late hour more than one lossy, two lossy more than one", () => {
    const weigh = (letters: string) => weighRow(inkMatrix(matrixOf(letters), "state", asOfMs));
    expect(weigh("CCCO")).toBe(0);
    expect(weigh("CICO")).toBeGreaterThan(weigh("CUCO"));
    expect(weigh("LCCO")).toBeGreaterThan(weigh("ICCO"));
    expect(weigh("IICO")).toBeGreaterThan(weigh("ICCO"));
  });

  it("counts what a selection holds", () => {
    expect([...countStates(matrix, [0, 1], 29, 32).counts]).toEqual([
      ["complete", 5],
      ["incomplete", 1],
    ]);
  });
});
