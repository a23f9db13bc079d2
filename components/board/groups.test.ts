import { expect, test } from "vitest";
import type { CompactBoardJson, CompactBoardRowJson } from "#domain/api/board.ts";
import { groupRows, likelyCauses, troubleText } from "./groups.ts";

const row = (eventType: string, part: Partial<CompactBoardRowJson> = {}) =>
  ({
    eventType,
    tier: "high",
    owner: "payments",
    state: "complete",
    openHours: 0,
    worstDatacenter: null,
    alerts: [],
    missed: "",
    delaySeconds: null,
    deadlineSeconds: 7_200,
    ...part,
  }) as CompactBoardRowJson;
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
    ["not held up", ["SearchQuery", "SkipTrack"]],
  ]);
});
test("by what they have in common", () => {
  expect(names("cause")).toEqual([
    ["sjc has not closed", ["EndSong", "PlayStart"]],
    ["incomplete hours", ["SearchQuery"]],
    ["no trouble", ["SkipTrack"]],
  ]);
});
test("a known cause is the title of its types; the others keep the board's title", () => {
  const sentence = "sjc has sent nothing since 11:52 UTC.";
  const causes = new Map([
    ["EndSong", sentence],
    ["SearchQuery", sentence],
  ]);
  expect(groupRows(rows, "cause", causes).map(({ name, rows: members }) => [name, members.length])).toEqual([
    [sentence, 2],
    ["sjc has not closed", 1],
    ["no trouble", 1],
  ]);
});
test("an open incident's likely cause is the title of its types, before any hour of them is late", () => {
  const quiet = row("SkipTrack", { alerts: [{ incidentId: "7" }] as CompactBoardRowJson["alerts"] });
  const incidents = [{ id: "7", cause: { sentence: "sjc is cut off." } }] as CompactBoardJson["incidents"];
  const causes = likelyCauses(
    { incidents, items: [row("EndSong", { alerts: [] }), quiet] },
    new Map([
      ["EndSong", "Late."],
      ["SkipTrack", "Late."],
    ]),
  );
  expect([...causes]).toEqual([
    ["EndSong", "Late."],
    ["SkipTrack", "sjc is cut off."],
  ]);
});
test("a type with an alert is never without trouble, and a missed deadline is none either", () => {
  const alerts = [{ incidentId: "7" }] as CompactBoardRowJson["alerts"];
  const [quiet, closedLate] = [row("SkipTrack", { alerts }), row("PlayStart", { missed: "3" })];
  const named = (grouping: "cause" | "dc") =>
    groupRows([quiet, closedLate, row("Calm")], grouping).map((group) => [group.name, troubleText(group)]);
  expect(named("cause")).toEqual([
    ["an alert, not explained yet", "1 with an alert"],
    ["closed after a deadline", ""],
    ["no trouble", ""],
  ]);
  expect(named("dc")).toEqual([
    ["not held up, with an alert", "1 with an alert"],
    ["not held up", ""],
  ]);
});
test("a group says who is called for", () => {
  const [payments, ads] = groupRows(rows, "owner");
  expect(payments && troubleText(payments)).toBe("1 late, 1 incomplete");
  expect(ads && troubleText(ads)).toBe("1 late");
});
