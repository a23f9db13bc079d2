import { expect, test } from "vitest";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { nextSorting, readSorting, sortRows } from "./sort-rows.ts";

const row = (eventType: string, part: Partial<CompactBoardRowJson>) => ({ eventType, ...part }) as CompactBoardRowJson;
const rows = [
  row("b", { state: "complete", delaySeconds: 60 }),
  row("C", { state: "late", delaySeconds: null }),
  row("a", { state: "complete", delaySeconds: 600 }),
];
const sorted = (text: string) => sortRows(rows, readSorting(text)).map(({ eventType }) => eventType);

test("by a column in either direction; what has no value comes last in both", () => {
  expect(sorted("name")).toEqual(["a", "b", "C"]);
  expect(sorted("-name")).toEqual(["C", "b", "a"]);
  expect(sorted("delay")).toEqual(["b", "a", "C"]);
  expect(sorted("-delay")).toEqual(["a", "b", "C"]);
});
test("equal rows keep the order that they had, the worst first", () => {
  expect(sorted("state")).toEqual(["C", "b", "a"]);
  expect(sorted("-state")).toEqual(["b", "a", "C"]);
});
test("a column that there is not is none", () => {
  expect(readSorting("weight")).toBeNull();
  expect(readSorting(null)).toBeNull();
  expect(sorted("weight")).toEqual(["b", "C", "a"]);
});
test("a head pressed three times is back at worst first; figures begin with the greatest", () => {
  const press = (key: "name" | "delay", from: string | null) => nextSorting(readSorting(from), key);
  expect([press("name", null), press("name", "name"), press("name", "-name")]).toEqual(["name", "-name", null]);
  expect([press("delay", "name"), press("delay", "-delay"), press("delay", "delay")]).toEqual([
    "-delay",
    "delay",
    null,
  ]);
});
