import { expect, test } from "vitest";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import type { SituationJson } from "#domain/api/situation.ts";
import { situationForTest } from "#test/situation.ts";
import { effectText, incidentSentence, noNotificationText, responseTimes } from "./incident-words.ts";

const asOf = "2026-11-23T02:02:00Z";
const incident = (situation: Partial<SituationJson> = {}, part: Partial<IncidentSummaryJson> = {}) =>
  ({
    state: "open",
    situation: situationForTest(situation),
    since: "2026-11-23T01:00:00Z",
    openedAt: "2026-11-23T01:04:00Z",
    acknowledgedAt: null,
    acknowledgedBy: null,
    assignee: null,
    resolvedAt: null,
    ...part,
  }) as IncidentSummaryJson;
const { extent, sentence } = situationForTest();

test("an incident says what its record says", () => {
  expect(incidentSentence(incident())).toBe(sentence);
});

test("then who acknowledged it and who has it", () => {
  const acknowledged = { state: "acknowledged" as const, acknowledgedBy: "mira", assignee: "data-delivery" };
  expect(incidentSentence(incident({}, acknowledged))).toBe(
    `${sentence} Acknowledged by mira. Assigned to data-delivery.`,
  );
});

test("an hour that closed with loss is said to be lost", () => {
  const hours = { first: "2026-11-23T00", last: "2026-11-23T00", affected: 1, final: 1, accepted: 0, lossy: 1 };
  const impact = { ...situationForTest().impact, lost: 3000, produced: 60_000 };
  const lossy = incident({ extent: { ...extent, hours }, impact });
  expect(effectText(lossy)).toBe("1 hour of 1 event type affected; 1 closed with loss (3,000 of 60,000 events lost).");
});

test("without notifications it says why: silenced, inhibited, no channel, or none due yet", () => {
  const muted = (reason: "silenced" | "inhibited" | "no-channel", until: string | null = null) =>
    noNotificationText(incident({ muted: { reason, until } }), asOf);
  expect(muted("silenced", "2026-11-23T03:00:00Z")).toBe("None. Silenced until 03:00 UTC.");
  expect(muted("inhibited")).toBe("None. Not notified: other alerts inhibit its alerts.");
  expect(muted("no-channel")).toBe("None. Not notified: no route leads its alerts to a channel.");
  expect(noNotificationText(incident(), asOf)).toMatch(/^None yet/);
  expect(noNotificationText(incident({}, { state: "resolved" }), asOf)).toMatch(/resolved before/);
});

test("times to notice, acknowledge and resolve count from when it began", () => {
  expect(responseTimes(incident()).map(({ text }) => text)).toEqual(["4 min", "–", "–"]);
});
