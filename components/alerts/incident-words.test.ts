import { expect, test } from "vitest";
import type { IncidentHourJson, IncidentSummaryJson } from "#domain/api/alerts.ts";
import { incidentSentence, recoveryText, responseTimes } from "./incident-words.ts";

const asOf = "2026-11-22T14:02:00Z";
const incident = (part: Partial<IncidentSummaryJson>) =>
  ({
    state: "open",
    since: "2026-11-22T13:00:00Z",
    openedAt: "2026-11-22T13:04:00Z",
    acknowledgedAt: null,
    acknowledgedBy: null,
    assignee: null,
    resolvedAt: null,
    affectedHours: 40,
    recoveredHours: 0,
    eventTypeCount: 9,
    ...part,
  }) as IncidentSummaryJson;

test("open: since when, and what it affects", () => {
  expect(incidentSentence(incident({}), asOf)).toBe(
    "For 62 min. 40 hours of 9 event types affected; none recovered so far.",
  );
});
test("acknowledged: who looks at it, who has it, and how far it is", () => {
  const acknowledged = {
    state: "acknowledged" as const,
    acknowledgedBy: "mira",
    assignee: "data-delivery",
    recoveredHours: 12,
  };
  expect(incidentSentence(incident(acknowledged), asOf)).toBe(
    "For 62 min. 40 hours of 9 event types affected; 12 final or accepted so far. Acknowledged by mira. Assigned to data-delivery.",
  );
});
test("resolved: how long it took", () => {
  const resolved = { state: "resolved" as const, resolvedAt: "2026-11-22T15:30:00Z" };
  expect(incidentSentence(incident(resolved), asOf)).toBe("Resolved after 2 h 30 min.");
});
test("hours that recovered are distinguished from those that were accepted or closed with loss", () => {
  const hour = (state: IncidentHourJson["state"], part: Partial<IncidentHourJson> = {}) =>
    ({ state, accepted: null, recoveredAt: asOf, ...part }) as IncidentHourJson;
  const hours = [
    hour("complete"),
    hour("complete"),
    hour("incomplete", { accepted: {} as IncidentHourJson["accepted"] }),
    hour("incomplete"),
    hour("late", { recoveredAt: null }),
  ];
  const some = { ...incident({ affectedHours: 5, recoveredHours: 4, eventTypeCount: 1 }), hours };
  const of = "5 hours of 1 event type affected";
  expect(recoveryText(some)).toBe(`${of}; 2 recovered, 1 accepted, 1 closed with loss so far.`);
  expect(recoveryText({ ...some, hours: hours.slice(1) })).toBe(`${of}; 4 final or accepted so far.`);
});
test("an incident that affects nothing yet", () => {
  expect(recoveryText(incident({ affectedHours: 0, eventTypeCount: 0 }))).toBe("No hours affected.");
});
test("times to notice, acknowledge and resolve count from when it began", () => {
  expect(responseTimes(incident({})).map(({ text }) => text)).toEqual(["4 min", "–", "–"]);
});
