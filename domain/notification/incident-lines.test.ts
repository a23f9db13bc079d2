import { expect, test } from "vitest";
import { notification } from "#test/notification.ts";
import { situationForTest } from "#test/situation.ts";
import { incidentLines, incidentText } from "./incident-lines.ts";
import { webhookBody } from "./webhook-body.ts";

const { incident } = notification();
const situation = situationForTest();
const linesOf = (changes: Partial<typeof situation>, status: "firing" | "resolved" = "firing") =>
  incidentLines({ status, incident: incident && { ...incident, situation: { ...situation, ...changes } } });

test("a message says the sentence, the cause, since when, which hours and who waits", () => {
  expect(linesOf({})).toEqual([
    { name: null, text: situation.sentence },
    { name: "Likely cause", text: "ams has sent nothing since 01:02 UTC." },
    { name: "Since", text: "2026-11-23T01:02:03Z" },
    { name: "Affected hours", text: "12, 2026-11-23T00 to 2026-11-23T01" },
    { name: "Affected consumers", text: "royalties (royalties@example.com)" },
  ]);
});

test("nothing is said of hours and consumers that are not affected", () => {
  const impact = { ...situation.impact, consumers: [], consumerCount: 0 };
  expect(linesOf({ extent: { ...situation.extent, hours: null }, impact }).map(({ name }) => name)).toEqual([
    null,
    "Likely cause",
    "Since",
  ]);
});

test("of many consumers five are named", () => {
  const consumers = Array.from({ length: 20 }, (_, index) => ({ name: `c${index}`, contact: "x", waits: 1 }));
  const [line] = linesOf({ impact: { ...situation.impact, consumers, consumerCount: 23 } }).slice(-1);
  expect(line?.text).toBe("c0 (x), c1 (x), c2 (x), c3 (x), c4 (x) and 18 more");
});

test("the end has a text of its own, once the incident is over", () => {
  const hours = { first: "2026-11-23T00", last: "2026-11-23T01", affected: 12, final: 12, accepted: 0, lossy: 0 };
  const over = { phase: "over" as const, phaseSince: "2026-11-23T02:36:03Z", extent: { ...situation.extent, hours } };
  expect(linesOf(over, "resolved")[0]?.text).toBe("Resolved after 94 min: all 12 hours recovered.");
  // A group's alerts can end before its incident does.
  expect(linesOf({}, "resolved")[0]?.text).toBe(situation.sentence);
});

test("a message from before situations is sent again as it was", () => {
  const { situation: _none, ...before } = incident ?? { situation: undefined };
  expect(incidentLines({ status: "firing", incident: before as typeof incident })).toEqual([
    { name: "Likely cause", text: "ams has said nothing since 01:02" },
    { name: "Since", text: "2026-11-23T01:02:03.000Z" },
  ]);
});

test("a webhook's body has the incident beside Alertmanager's fields; null for alerts of several", () => {
  expect(webhookBody(notification(), "https://tidemark.example.com").incident).toEqual({
    id: "7",
    url: "https://tidemark.example.com/alerts/incidents/7",
    state: "open",
    severity: "page",
    title: "ams is silent",
    text: incidentText(notification()),
    message: [
      situation.sentence,
      "Likely cause: ams has sent nothing since 01:02 UTC.",
      "Since: 2026-11-23T01:02:03Z",
      "Affected hours: 12, 2026-11-23T00 to 2026-11-23T01",
      "Affected consumers: royalties (royalties@example.com)",
    ].join("\n"),
    likelyCause: { code: "datacenter_silent", sentence: "ams has sent nothing since 01:02 UTC.", confidence: 0.45 },
    onset: { at: "2026-11-23T01:02:03Z", source: "silence" },
    affectedHours: situation.extent.hours,
    affectedConsumers: { count: 1, first: situation.impact.consumers },
    situation,
  });
  expect(webhookBody(notification({ incident: null }), "https://tidemark.example.com").incident).toBeNull();
});
