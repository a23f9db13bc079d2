import { expect, test } from "vitest";
import type { BoardRowJson } from "#domain/api/board.ts";
import { filterChips, toggleTerm } from "./filter-chips.ts";

const items = [
  { state: "complete", tier: "high" },
  { state: "late", tier: "high" },
  { state: "complete", tier: "pay day" },
] as BoardRowJson[];

test("states worst first, then tiers, each with its count", () => {
  expect(filterChips({ items }, "state:late song").map(({ term, count, on }) => [term, count, on])).toEqual([
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
