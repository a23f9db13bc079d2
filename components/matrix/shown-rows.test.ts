import { describe, expect, it, test } from "vitest";
import { parseFilter } from "#components/board/filter.ts";
import { decodeMatrix, inkMatrix } from "#domain/matrix.ts";
import { keepOrder, matchingRows, orderRows } from "./shown-rows.ts";

const type = (eventType: string, owner: string, tier: string, troubledBy: string[] = []) => {
  return { eventType, owner, tier, deadlineSeconds: 3600, troubledBy };
};
const matrix = decodeMatrix({
  from: "2026-11-20T00",
  hours: 4,
  types: [
    type("AdClick", "ads", "normal"),
    type("EndSong", "payments", "high", ["sjc"]),
    type("Search", "search", "low", ["lon"]),
  ],
  states: ["cccC", "ccll", "cxcc"],
  delays: ["", "", ""],
  lost: ["", "", ""],
  duplicated: ["", "", ""],
  skewed: ["", "", ""],
});
const names = (rows: number[]) => rows.map((row) => matrix.types[row]?.eventType);

test.each([
  ["", ["AdClick", "EndSong", "Search"]],
  ["state:late", ["EndSong"]],
  ["state:overcounted,late", ["EndSong", "Search"]],
  ["-state:late", ["AdClick", "Search"]],
  ["dc:SJC", ["EndSong"]],
  ["tier:high owner:ads", []],
  ["owner:ads", ["AdClick"]],
  ["song", ["EndSong"]],
  ["pay", ["EndSong"]],
])("%j shows %j", (text, shown) => {
  expect(names(matchingRows(matrix, parseFilter(text)))).toEqual(shown);
});

describe("the order", () => {
  const cells = inkMatrix(matrix, "state", Date.parse("2026-11-20T05:00:00Z"));

  it("lists the worst first, or by name", () => {
    expect(names(orderRows(matrix, cells, [0, 1, 2], "worst"))).toEqual(["EndSong", "Search", "AdClick"]);
    expect(names(orderRows(matrix, cells, [0, 1, 2], "name"))).toEqual(["AdClick", "EndSong", "Search"]);
  });

  it("stays as it was shown while answers come, new types last", () => {
    expect(names(keepOrder(matrix, [0, 1, 2], ["Gone", "AdClick", "EndSong"]))).toEqual([
      "AdClick",
      "EndSong",
      "Search",
    ]);
  });
});
