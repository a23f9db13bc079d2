import { expect, test } from "vitest";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { lineKey, splitByGroup, tableLines } from "./table-lines.ts";

const row = (eventType: string) => ({ eventType }) as CompactBoardRowJson;
const [one, two, three] = [row("One"), row("Two"), row("Three")];
const groups = [
  { name: "a", rows: [one, two], troubled: {}, alerted: 0 },
  { name: "b", rows: [three], troubled: {}, alerted: 0 },
];

test("a group is its title and its rows", () => {
  expect(tableLines([one, two, three], groups).map(lineKey)).toEqual(["group a", "One", "Two", "group b", "Three"]);
  expect(tableLines([one, two], null).map(lineKey)).toEqual(["One", "Two"]);
});

test("lines of one group are one body, though its title is not drawn", () => {
  const drawn = tableLines([one, two, three], groups).slice(2);
  expect(splitByGroup(drawn, ({ group }) => group).map((body) => body.map(lineKey))).toEqual([
    ["Two"],
    ["group b", "Three"],
  ]);
  expect(splitByGroup(tableLines([one, two], null), ({ group }) => group)).toHaveLength(1);
});
