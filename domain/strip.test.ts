import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeStrip, encodeStrip } from "./strip.ts";
import { verdictStates } from "./verdict.ts";

test("a letter an hour, delays in whole seconds", () => {
  const strip = [
    null,
    { state: "complete" as const, amended: false, accepted: false, closingDelaySeconds: 780.4 },
    { state: "incomplete" as const, amended: true, accepted: false, closingDelaySeconds: 0 },
    { state: "late" as const, amended: false, accepted: true, closingDelaySeconds: null },
  ];
  expect(encodeStrip(strip)).toEqual({ states: ".cIm", delays: ",780,0," });
});

test("what was encoded is read again", () => {
  const hour = fc.record({
    state: fc.constantFrom(...verdictStates),
    amended: fc.boolean(),
    accepted: fc.boolean(),
    closingDelaySeconds: fc.option(fc.integer({ min: -3600, max: 9_000_000 })),
  });
  fc.assert(
    fc.property(fc.array(fc.option(hour), { minLength: 1, maxLength: 24 }), (strip) => {
      expect(decodeStrip(encodeStrip(strip))).toEqual(strip);
    }),
  );
});

test("a letter of a newer server is an hour without a verdict", () => {
  expect(decodeStrip({ states: "zc", delays: "1,2" })).toEqual([
    null,
    { state: "complete", amended: false, accepted: false, closingDelaySeconds: 2 },
  ]);
});
