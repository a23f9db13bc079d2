import { expect, test } from "vitest";
import { type Amount, durationUnits, percent, plain, readAmount, type Unit, writeAmount } from "./amount.ts";

const share = [percent("%")];
const lost = [percent("%"), plain("events")];

test.each<[unknown, readonly Unit[], Amount, unknown]>([
  ["90m", durationUnits, { value: "90", unit: "m" }, "90m"],
  ["2d", durationUnits, { value: "2", unit: "d" }, "2d"],
  ["0.05%", lost, { value: "0.05", unit: "%" }, "0.05%"],
  [0.001, lost, { value: "0.1", unit: "%" }, "0.1%"],
  [0.07, share, { value: "7", unit: "%" }, "7%"],
  [12, lost, { value: "12", unit: "" }, 12],
  [0.5, [plain("times")], { value: "0.5", unit: "" }, 0.5],
  ["soon", durationUnits, { value: "soon", unit: "m" }, "soonm"],
  [undefined, durationUnits, { value: "", unit: "m" }, undefined],
])("%j is shown as a figure with its unit, and written back", (written, units, shown, again) => {
  expect(readAmount(written, units)).toEqual(shown);
  expect(writeAmount(shown, units)).toEqual(again);
});
