import { expect, test } from "vitest";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import { situationForTest } from "#test/situation.ts";
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
