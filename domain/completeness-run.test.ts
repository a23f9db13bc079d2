import fc from "fast-check";
import { expect, test } from "vitest";
import { completenessRun } from "./completeness-run.ts";
import { addHours, formatHour } from "./hour.ts";
import { type VerdictState, verdictStates } from "./verdict.ts";

const start = new Date("2026-11-22T00:00:00Z");

/** One letter an hour from midnight: C complete, L late, I incomplete, O open, . not in the list. */
function run(letters: string) {
  const states: Record<string, VerdictState> = { C: "complete", L: "late", I: "incomplete", O: "open" };
  const hours = [...letters].flatMap((letter, at) => {
    const state = states[letter];
    return state ? [{ hour: addHours(start, at), state }] : [];
  });
  const { completeThrough, holes } = completenessRun(hours);
  return {
    through: completeThrough && formatHour(completeThrough).slice(11),
    holes: holes.map((hole) => formatHour(hole).slice(11)),
  };
}

test.each([
  ["", null, []],
  ["O", null, []],
  ["C", "00", []],
  ["CCC", "02", []],
  ["CCLO", "01", []],
  ["CCLCO", "01", ["02"]],
  ["LCC", null, ["00"]],
  ["CLLCICO", "00", ["01", "02", "04"]],
  ["CLCLLO", "00", ["01"]],
  ["C.CC", "00", ["01"]],
  ["CL..CO", "00", ["01", "02", "03"]],
])("of %j the run ends at %s with the holes %j", (letters, through, holes) => {
  expect(run(letters)).toEqual({ through, holes });
});

test("a hundred thousand hours without a verdict are holes like any others", () => {
  const hours = [
    { hour: start, state: "complete" as const },
    { hour: addHours(start, 200_000), state: "complete" as const },
  ];
  expect(completenessRun(hours).holes).toHaveLength(199_999);
});

test("the mark is the first hour's predecessor that is not complete, and every incomplete hour before the last complete one is a hole", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...verdictStates)), (states) => {
      const { completeThrough, holes } = completenessRun(
        states.map((state, at) => ({ hour: addHours(start, at), state })),
      );
      const broken = states.findIndex((state) => state !== "complete");
      const length = broken < 0 ? states.length : broken;
      expect(completeThrough).toEqual(length === 0 ? null : addHours(start, length - 1));
      const last = states.lastIndexOf("complete");
      const expected = states.flatMap((state, at) => (state !== "complete" && at < last ? [addHours(start, at)] : []));
      expect(holes).toEqual(expected);
    }),
  );
});
