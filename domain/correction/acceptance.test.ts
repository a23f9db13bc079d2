import { expect, test } from "vitest";
import { isAcceptanceInForce } from "./acceptance.ts";

const accepted = { lost: 5n, duplicated: 2n, known: true };

test.each([
  ["the same figures", accepted, true],
  ["better figures", { lost: 0n, duplicated: 0n, known: true }, true],
  ["more lost", { ...accepted, lost: 6n }, false],
  ["more duplicated", { ...accepted, duplicated: 3n }, false],
  ["unknown where it was known", { ...accepted, known: false }, false],
])("an acceptance with %s", (_what, now, holds) => {
  expect(isAcceptanceInForce(accepted, now)).toBe(holds);
});

test("what was accepted as unknown may become known", () => {
  expect(isAcceptanceInForce({ ...accepted, known: false }, accepted)).toBe(true);
});
