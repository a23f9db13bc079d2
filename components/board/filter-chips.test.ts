import { expect, test } from "vitest";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { filterChips, toggleTerm } from "./filter-chips.ts";

const items = [
  { eventType: "A song", owner: "x", state: "complete", tier: "high", alerts: [], missed: "", delaySeconds: null },
  {
    eventType: "B song",
    owner: "x",
    state: "late",
    tier: "high",
    alerts: [{ incidentId: "1" }],
    missed: "",
    delaySeconds: 1,
  },
  { eventType: "C song", owner: "x", state: "complete", tier: "pay day", alerts: [], missed: "2", delaySeconds: null },
].map((row) => ({ ...row, deadlineSeconds: 7_200 })) as unknown as CompactBoardRowJson[];

test("alerts, missed deadlines, states worst first, then tiers, each with as many rows as it would list", () => {
  expect(filterChips({ items }, "state:late song").map(({ term, count, on }) => [term, count, on])).toEqual([
    ["alert:firing", 1, false],
    ["deadline:missed", 0, false],
    ["state:late", 1, true],
    ["state:complete", 2, false],
    ["tier:high", 1, false],
    ['tier:"pay day"', 0, false],
  ]);
});
test("a chip adds its term, takes it out again, and another of its kind gives way", () => {
  expect(toggleTerm("song", "state:late")).toBe("song state:late");
  expect(toggleTerm("song state:late", "state:late")).toBe("song");
  expect(toggleTerm('state:late owner:"a b"', "state:complete")).toBe('owner:"a b" state:complete');
});
test("a quote left open does not take a chip's term in", () => {
  expect(toggleTerm('owner:"a b', "state:late")).toBe('owner:"a b" state:late');
});
test("where nothing fires there is no chip for it, unless the filter asks", () => {
  const calm = items.map((item) => ({ ...item, alerts: [] }));
  expect(filterChips({ items: calm }, "").map(({ term }) => term)).not.toContain("alert:firing");
  expect(filterChips({ items: calm }, "alert:firing")[0]).toMatchObject({ term: "alert:firing", count: 0, on: true });
});
