import { expect, test } from "vitest";
import type { BoardIncidentJson } from "#domain/api/board.ts";
import { standingOf } from "./datacenter-standing.ts";

const calm = { silent: false, lateTypes: 0, lagSeconds: 60 };
const incident = (phase: BoardIncidentJson["phase"]) => ({ phase, recovery: null }) as BoardIncidentJson;
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
