import { expect, test } from "vitest";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import { situationForTest } from "#test/situation.ts";
import { listQuery, snoozeEnd } from "./incident-options.ts";
import { writeIncidents } from "./incidents-command.ts";

test("an incident is a line: its number, severity, state and sentence", () => {
  const incident = { id: "17", severity: "page", state: "open", situation: situationForTest() } as IncidentSummaryJson;
  expect(writeIncidents([incident])).toEqual([
    "17 page, open: ams is silent since 01:02 UTC. 12 hours of 1 event type affected; none recovered yet.",
  ]);
});

test("without any it says so", () => {
  expect(writeIncidents([])).toEqual(["No open incidents."]);
});

test("a list has the open ones, unless other states are asked for", () => {
  expect(listQuery({ all: false })).toEqual({ state: "open,acknowledged" });
  expect(listQuery({ all: true, search: "sjc backlog", type: "EndSong" })).toEqual({
    q: "sjc backlog",
    eventType: "EndSong",
  });
  expect(listQuery({ all: false, state: "resolved", severity: "page" })).toEqual({
    state: "resolved",
    severity: "page",
  });
});

test("a snooze ends by the product's clock, by exactly one of two options", () => {
  const now = "2026-11-22T10:00:00.250Z";
  expect(snoozeEnd({ for: 5_400 }, now)).toBe("2026-11-22T11:30:00Z");
  expect(snoozeEnd({ until: "2026-11-22T15:00:00Z" }, now)).toBe("2026-11-22T15:00:00Z");
  expect(() => snoozeEnd({}, now)).toThrow("Give either --for or --until.");
  expect(() => snoozeEnd({ for: 3_600, until: "2026-11-22T15:00:00Z" }, now)).toThrow("Give either");
});
