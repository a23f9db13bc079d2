import { expect, test } from "vitest";
import type { BoardIncidentJson } from "#domain/api/board.ts";
import { recoversAt, standingOf } from "./datacenter-standing.ts";

const calm = { silent: false, lateTypes: 0, lagSeconds: 60 };
const incident = (phase: BoardIncidentJson["phase"], p50At: string | null = null) =>
  ({ phase, recovery: p50At === null ? null : { p50At } }) as BoardIncidentJson;
const none = { incidents: [], blind: false };

test("nothing wrong is complete, unless Tidemark is blind", () => {
  expect(standingOf(calm, none)).toBe("complete");
  expect(standingOf(calm, { ...none, blind: true })).toBe("unverified");
  expect(standingOf({ ...calm, lagSeconds: null }, none)).toBe("open");
});
test("an open incident is never shown as complete", () => {
  for (const phase of ["starting", "ongoing", "recovering"] as const) {
    expect(standingOf(calm, { ...none, incidents: [incident(phase)] })).not.toBe("complete");
  }
});
test("late types are worse than a recovery", () => {
  expect(standingOf({ ...calm, lateTypes: 1 }, { ...none, incidents: [incident("recovering")] })).toBe("late");
});
test("a silent datacenter is unknown", () => {
  expect(standingOf({ ...calm, silent: true, lateTypes: 3 }, none)).toBe("unverified");
});
test("of several recoveries the last ends it, and without one there is no end", () => {
  const [early, late] = ["2026-11-22T15:20:00Z", "2026-11-22T16:00:00Z"];
  expect(recoversAt([])).toBeNull();
  expect(recoversAt([incident("recovering", late), incident("recovering", early)])).toBe(late);
  expect(recoversAt([incident("recovering", late), incident("ongoing")])).toBeNull();
  expect(recoversAt([incident("recovering", late), incident("recovering"), incident("recovering", early)])).toBeNull();
});
