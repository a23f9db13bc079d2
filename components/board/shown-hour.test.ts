import { expect, test } from "vitest";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { shownHour } from "./shown-hour.ts";

// Complete at 10, incomplete at 11, complete at 12; hour 13 runs.
const row = (part: Partial<CompactBoardRowJson>) =>
  ({
    oldestOpenHour: null,
    state: "complete",
    states: "cico",
    delays: ",,,",
    missed: "",
    ...part,
  }) as CompactBoardRowJson;
const shown = (part: Partial<CompactBoardRowJson>) => shownHour(row(part), "2026-11-22T13");

test("the oldest hour that is not closed", () => {
  expect(shown({ oldestOpenHour: "2026-11-20T03", state: "late" })).toBe("2026-11-20T03");
});
test("else the newest in the type's state", () => {
  expect(shown({ state: "incomplete" })).toBe("2026-11-22T11");
  expect(shown({})).toBe("2026-11-22T12");
});
test("else the last that ended; none where nothing is judged", () => {
  expect(shown({ state: "late" })).toBe("2026-11-22T12");
  expect(shown({ states: "..", delays: "," })).toBeNull();
});
