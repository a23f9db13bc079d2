import { expect, test } from "vitest";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { filterChips, toggleTerm } from "./filter-chips.ts";

const items = [
  { state: "complete", tier: "high", alerts: [] },
  { state: "late", tier: "high", alerts: [{ incidentId: "1" }] },
  { state: "complete", tier: "pay day", alerts: [] },
] as unknown as CompactBoardRowJson[];

test("alerts, states worst first, then tiers, each with its count", () => {
  expect(filterChips({ items }, "state:late song").map(({ term, count, on }) => [term, count, on])).toEqual([
    ["alert:firing", 1, false],
    ["state:late", 1, true],
    ["state:complete", 2, false],
    ["tier:high", 2, false],
    ['tier:"pay day"', 1, false],
  ]);
});
test("a chip adds its term, takes it out again, and another of its kind gives way", () => {
  expect(toggleTerm("song", "state:late")).toBe("song state:late");
  expect(toggleTerm("song state:late", "state:late")).toBe("song");
  expect(toggleTerm('state:late owner:"a b"', "state:complete")).toBe('owner:"a b" state:complete');
});
test("where nothing fires there is no chip for it, unless the filter asks", () => {
  const calm = items.map((item) => ({ ...item, alerts: [] }));
  expect(filterChips({ items: calm }, "").map(({ term }) => term)).not.toContain("alert:firing");
  expect(filterChips({ items: calm }, "alert:firing")[0]).toMatchObject({ term: "alert:firing", count: 0, on: true });
});
