import { expect, test } from "vitest";
import { daysOf, hourColumns } from "#domain/matrix.ts";
import { moveCursor } from "./cursor-keys.ts";

const days = daysOf(new Date("2026-11-20T00:00:00Z"), 60);
/** The second of three days is folded: columns 0 to 23, 24, 25 to 36. */
const columns = hourColumns(days, (day) => day === 1);
const field = { columns, rows: 50, pageRows: 10 };
const at = (row: number, hour: number, endHour = hour + 1) => ({ row, hour, endHour });

test.each([
  ["ArrowLeft", at(4, 5), at(4, 4)],
  ["ArrowRight", at(4, 23), at(4, 24, 48)],
  ["ArrowRight", at(4, 24, 48), at(4, 48)],
  ["ArrowLeft", at(4, 0), at(4, 0)],
  ["ArrowUp", at(0, 5), at(0, 5)],
  ["ArrowDown", at(4, 5), at(5, 5)],
  ["PageDown", at(45, 5), at(49, 5)],
  ["PageUp", at(45, 5), at(35, 5)],
  ["Home", at(4, 5), at(4, 0)],
  ["End", at(4, 5), at(4, 59)],
])("%s leads from %j to %j", (key, from, to) => {
  expect(moveCursor(key, false, from, field)).toEqual(to);
});

test("with Ctrl, Home and End lead to the corners", () => {
  expect(moveCursor("Home", true, at(4, 5), field)).toEqual(at(0, 0));
  expect(moveCursor("End", true, at(4, 5), field)).toEqual(at(49, 59));
});

test("the first key comes to the newest hour of the first row", () => {
  expect(moveCursor("ArrowLeft", false, null, field)).toEqual(at(0, 59));
});

test("other keys lead nowhere", () => {
  expect(moveCursor("x", false, at(4, 5), field)).toBeNull();
  expect(moveCursor("ArrowLeft", false, null, { ...field, rows: 0 })).toBeNull();
});
