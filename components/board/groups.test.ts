import { expect, test } from "vitest";
import type { BoardRowJson } from "#domain/api/board.ts";
import { groupRows, troubleText } from "./groups.ts";

const row = (eventType: string, part: Partial<BoardRowJson> = {}) =>
  ({
    eventType,
    tier: "high",
    owner: "payments",
    state: "complete",
    openHours: 0,
    worstDatacenter: null,
    ...part,
  }) as BoardRowJson;
const rows = [
  row("EndSong", { state: "late", openHours: 2, worstDatacenter: "sjc" }),
  row("PlayStart", { state: "late", openHours: 1, worstDatacenter: "sjc", owner: "ads" }),
  row("SearchQuery", { state: "incomplete", tier: "normal" }),
  row("SkipTrack"),
];
const names = (grouping: Parameters<typeof groupRows>[1]) =>
  groupRows(rows, grouping).map(({ name, rows: members }) => [name, members.map(({ eventType }) => eventType)]);

test("the group of the worst row comes first, and rows keep their order within", () => {
  expect(names("owner")).toEqual([
    ["payments", ["EndSong", "SearchQuery", "SkipTrack"]],
    ["ads", ["PlayStart"]],
  ]);
  expect(names("tier").map(([name]) => name)).toEqual(["high", "normal"]);
});
test("by the datacenter that holds them up", () => {
  expect(names("dc")).toEqual([
    ["sjc", ["EndSong", "PlayStart"]],
    ["held up by none", ["SearchQuery", "SkipTrack"]],
  ]);
});
test("by what they have in common", () => {
  expect(names("cause")).toEqual([
    ["sjc has not closed", ["EndSong", "PlayStart"]],
    ["incomplete hours", ["SearchQuery"]],
    ["nothing wrong", ["SkipTrack"]],
  ]);
});
test("a group says who is called for", () => {
  const [payments, ads] = groupRows(rows, "owner");
  expect(payments && troubleText(payments)).toBe("1 late, 1 incomplete");
  expect(ads && troubleText(ads)).toBe("1 late");
});
