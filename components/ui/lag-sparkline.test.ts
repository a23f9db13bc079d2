import { expect, test } from "vitest";
import { placeOfInstant, recoveryOnAxis } from "./lag-sparkline.ts";

const asOf = "2026-11-22T15:00:00Z";

test("an expected recovery has its place after now: p50 before p90, which ends the axis", () => {
  const axis = recoveryOnAxis({ p50At: "2026-11-22T16:00:00Z", p90At: "2026-11-22T17:00:00Z" }, asOf);
  expect(axis).toEqual({ now: 6 / 8, p50: 7 / 8, p90: 1 });
  expect(placeOfInstant("2026-11-22T12:00:00Z", { asOf, now: 6 / 8 })).toBe(3 / 8);
});
test("the past keeps half of the axis, however late the recovery", () => {
  const axis = recoveryOnAxis({ p50At: "2026-11-22T18:00:00Z", p90At: "2026-11-24T15:00:00Z" }, asOf);
  expect(axis).toEqual({ now: 0.5, p50: 0.75, p90: 1 });
});
test("a p50 that has passed is now, and a p90 that has passed is not drawn", () => {
  const p50At = "2026-11-22T14:50:00Z";
  expect(recoveryOnAxis({ p50At, p90At: "2026-11-22T17:00:00Z" }, asOf)).toMatchObject({ now: 6 / 8, p50: 6 / 8 });
  expect(recoveryOnAxis({ p50At, p90At: "2026-11-22T14:59:00Z" }, asOf)).toBeNull();
  expect(recoveryOnAxis(null, asOf)).toBeNull();
});
test("what began before the six hours has no place", () => {
  expect(placeOfInstant("2026-11-22T08:59:00Z", { asOf, now: 1 })).toBeNull();
  expect(placeOfInstant("2026-11-22T09:00:00Z", { asOf, now: 1 })).toBe(0);
});
