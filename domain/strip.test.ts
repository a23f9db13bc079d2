import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeStrip, encodeStrip } from "./strip.ts";
import { verdictStates } from "./verdict.ts";

test("a strip has a letter for each hour and delays in whole seconds", () => {
  const strip = [
    null,
    { state: "complete" as const, amended: false, accepted: false, closingDelaySeconds: 780.4, deadlineMet: true },
    { state: "incomplete" as const, amended: true, accepted: false, closingDelaySeconds: 0, deadlineMet: false },
    { state: "late" as const, amended: false, accepted: true, closingDelaySeconds: null, deadlineMet: false },
  ];
  expect(encodeStrip(strip)).toEqual({ states: ".cIm", delays: ",780,0,", missed: "2" });
});

test("what was encoded is read again", () => {
  const hour = fc.record({
    state: fc.constantFrom(...verdictStates),
    amended: fc.boolean(),
    accepted: fc.boolean(),
    closingDelaySeconds: fc.option(fc.integer({ min: 0, max: 9_000_000 })),
    isMissed: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.option(hour), { minLength: 1, maxLength: 24 }), (hours) => {
      const strip = hours.map((each) => {
        if (each === null) return null;
        const { isMissed, ...rest } = each;
        // What is not closed is past its deadline when it is late, and never else.
        const isClosed = rest.closingDelaySeconds !== null;
        return { ...rest, deadlineMet: rest.state === "late" || (isClosed && isMissed) ? false : isClosed || null };
      });
      expect(decodeStrip(encodeStrip(strip))).toEqual(strip);
    }),
  );
});

test("a letter of a newer server is an hour without a verdict", () => {
  expect(decodeStrip({ states: "zc", delays: "1,2", missed: "" })).toEqual([
    null,
    { state: "complete", amended: false, accepted: false, closingDelaySeconds: 2, deadlineMet: true },
  ]);
});
