import { expect, test } from "vitest";
import { dayColumns, daysOf, hourColumns, layOut, type Scene } from "#domain/matrix.ts";
import { dayTicks, hourTicks, rowTicks } from "./ticks.ts";

const from = new Date("2026-10-30T21:00:00Z");
const days = daysOf(from, 99);
const scene: Scene = {
  widthPx: 990,
  heightPx: 200,
  rows: 40,
  hours: hourColumns(days, () => false),
  days: dayColumns(days),
};
const all = layOut({ left: 0, span: null, top: 0 }, scene);

test("days are named where they begin, the month with the first and with the first of it", () => {
  expect(dayTicks(all, days, from, 990).map(({ x, label }) => [Math.round(x), label])).toEqual([
    [0, "Fri 30 Oct"],
    [270, "Sun 1 Nov"],
    [510, "Mon 2"],
    [750, "Tue 3"],
  ]);
});

test("the day that is looked into is named at the edge", () => {
  const near = layOut({ left: 10, span: 12, top: 0 }, scene);
  expect(dayTicks(near, days, from, 990).map(({ x, label }) => [x, label])).toEqual([[0, "Sat 31 Oct"]]);
  expect(
    hourTicks(near, days, from, 990)
      .map(({ label }) => label)
      .slice(0, 3),
  ).toEqual(["07", "08", "09"]);
});

test("the axis has as many ticks as there is room for", () => {
  expect(
    hourTicks(all, days, from, 990)
      .map(({ label }) => label)
      .slice(0, 4),
  ).toEqual(["21", "00", "03", "06"]);
  const narrow = layOut({ left: 0, span: null, top: 0 }, { ...scene, widthPx: 150 });
  expect(hourTicks(narrow, days, from, 150)).toEqual([]);
});

test("a folded day has no hours", () => {
  const folded = layOut({ left: 0, span: null, top: 0 }, { ...scene, hours: hourColumns(days, (day) => day > 0) });
  expect(hourTicks(folded, days, from, 990).map(({ label }) => label)).toEqual(["21", "22", "23"]);
});

test("names stand where rows are tall enough, else every so many", () => {
  expect(rowTicks(layOut({ left: 0, span: 12, top: 0 }, scene), 40, 200)).toHaveLength(10);
  expect(
    rowTicks(all, 40, 200)
      .map(({ row }) => row)
      .slice(0, 3),
  ).toEqual([0, 3, 6]);
});
