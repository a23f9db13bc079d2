import { afterEach, beforeEach, expect, it } from "vitest";
import type { IncidentJson } from "#domain/api/alerts.ts";
import type { Notification } from "#domain/notification.ts";
import { recordSamples } from "#server/explain/record-samples.ts";
import { flushNextGroup } from "#server/notifications/flush-group.ts";
import { AlertStory } from "#test/alert-story.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";

let story: HourStory;

// West falls silent at 23:20, which opens an incident at 23:36.
const westSilent = openingOf(
  { now: "2026-11-22T21:00:00Z", activeFrom: "2026-11-22T21:00:00Z", deadlineSeconds: 7200 },
  async (lived) => {
    const { sql } = lived.test.database;
    const alerts = new AlertStory(lived.test.database, lived.clock);
    await alerts.channel("hook", { type: "webhook", url: "https://hooks.example.com/a" });
    await alerts.everythingTo(["hook"]);
    const ctx = workerContext(lived.test.database, lived.clock);
    for (let minute = 1; minute <= 156; minute += 1) {
      await lived.at(new Date(Date.parse("2026-11-22T21:00:00Z") + minute * 60_000).toISOString());
      for (const dc of minute <= 140 ? ["east", "west"] : ["east"])
        await lived.say("tidemark.heartbeat.v1", { dc, component: "exporter", instance: "exporter-1" });
      await recordSamples(sql, lived.clock.now());
      await tickAlerts({ ctx });
    }
    await sql.query("UPDATE notification_group SET flush_at = now() WHERE flush_at IS NOT NULL");
    while (await flushNextGroup({ ctx })) {
      // until none is due
    }
  },
);
beforeEach(async () => {
  story = await westSilent.begin();
});
afterEach(() => story.end());

/** Every kept text of the incident and its board row that names the silence's start. */
async function readTexts(): Promise<string[]> {
  const [item] = (await story.get("/incidents")).body.items;
  const { situation, alerts, timeline, cause }: IncidentJson = (await story.get(`/incidents/${item.id}`)).body;
  const [board] = (await story.get("/board/compact")).body.incidents;
  const { items: revisions } = (await story.get(`/incidents/${item.id}/revisions`)).body;
  const [alert] = (await story.get("/alerts")).body.items;
  return [
    ...[situation.sentence, situation.cause.sentence, ...situation.cause.evidence.map(({ fact }) => fact)],
    ...[cause.sentence, ...cause.evidence.map(({ fact }) => fact), item.situation.sentence],
    ...[board.sentence, board.cause.sentence, alert.summary, ...alerts.map(({ summary }) => summary)],
    ...timeline.map(({ message }) => message),
    ...revisions.map((each: { situation: IncidentJson["situation"] }) => each.situation.sentence),
  ].filter((text) => text.includes("23:20"));
}

it("on its day an incident's times have no date; after midnight they have it, before any worker has run", async () => {
  const today = await readTexts();
  expect(today.length).toBeGreaterThanOrEqual(9);
  for (const text of today) expect(text).toMatch(/(?<!\d{4}-\d\d-\d\d )23:20 UTC/);
  story.clock.set("2026-11-23T00:00:10Z");
  const tomorrow = await readTexts();
  expect(tomorrow).toHaveLength(today.length);
  for (const text of tomorrow) expect(text).toMatch(/2026-11-22 23:20 UTC/);
});

it("what is kept by its readers has dates from the start: messages and post-mortems", async () => {
  const { rows } = await story.test.database.sql.query<{ body: Notification }>("SELECT body FROM delivery");
  const incident = rows[0]?.body.incident;
  expect(incident?.situation?.sentence).toContain("since 2026-11-22 23:20 UTC.");
  const answer = await story.api.call("GET", `/api/v1/incidents/${incident?.id}/postmortem.md`);
  const document = await answer.text();
  expect(document).toContain("since 2026-11-22 23:20 UTC");
  expect(document).not.toMatch(/(?<!\d\d )23:20 UTC/);
});
