import { expect, test } from "vitest";
import {
  type Amount,
  durationUnits,
  finishAmount,
  percent,
  plain,
  readAmount,
  type Unit,
  writeAmount,
} from "./amount.ts";

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

test.each<[string, string, readonly Unit[], unknown]>([
  ["0.05", "", [plain("times")], 0.05],
  ["14.40", "", [plain("times")], 14.4],
  ["12.5", "", lost, 12.5],
  ["0.05", "%", lost, "0.05%"],
  ["1.5", "h", durationUnits, "1.5h"],
])("%j is typed key by key in %j, and is finished when the field is left", (typed, unit, units, finished) => {
  let shown: Amount = { value: "", unit };
  for (const key of typed) shown = readAmount(writeAmount({ ...shown, value: shown.value + key }, units), units);
  expect(shown).toEqual({ value: typed, unit });
  expect(finishAmount(shown, units)).toBe(finished);
});
