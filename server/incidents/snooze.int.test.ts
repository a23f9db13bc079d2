import { afterEach, beforeEach, expect, it } from "vitest";
import type { IncidentJson } from "#domain/api/alerts.ts";
import { flushNextGroup } from "#server/notifications/flush-group.ts";
import { notifyOfIncidents } from "#server/notifications/notify-of-incidents.ts";
import { AlertStory } from "#test/alert-story.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";
import { updateSituations } from "./update-situations.ts";

let story: HourStory;
let id: string;

// East lost 7 events of hour 9: an incident that pages, opened at 10:16.
const eastLost = openingOf(
  { now: "2026-11-22T09:00:00Z", activeFrom: "2026-11-22T09:00:00Z", deadlineSeconds: 7200 },
  async (lived) => {
    const alerts = new AlertStory(lived.test.database, lived.clock);
    await alerts.channel("pd", { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_KEY" } });
    await alerts.everythingTo(["pd"], { escalation: [{ after: "10m", channels: ["pd"] }] });
    await lived.at("2026-11-22T10:01:00Z");
    await lived.settle("2026-11-22T09", { lost: 7 });
    await lived.at("2026-11-22T10:16:01Z");
    await tick(lived);
    await flush(lived);
  },
);
beforeEach(async () => {
  story = await eastLost.begin();
  id = (await story.get("/incidents")).body.items[0].id;
});
afterEach(() => story.end());

const ctx = (of = story) => workerContext(of.test.database, of.clock);

async function tick(of = story): Promise<void> {
  for (const dc of ["east", "west"])
    await of.say("tidemark.heartbeat.v1", { dc, component: "exporter", instance: "exporter-1" });
  await tickAlerts({ ctx: ctx(of) });
}

/** Whatever is due, and the groups' next looks. */
async function flush(of = story): Promise<void> {
  await of.test.database.sql.query("UPDATE notification_group SET flush_at = now() WHERE flush_at IS NOT NULL");
  while (await flushNextGroup({ ctx: ctx(of) })) {
    // until none is due
  }
}

async function act(name: string, body: object = {}) {
  const answer = await story.api.call("POST", `/api/v1/incidents/${id}/${name}`, { body });
  return { status: answer.status, body: (await answer.json()) as IncidentJson & { detail: string } };
}

const sent = async () =>
  (
    await story.test.database.sql.query<{ kind: string }>(
      "SELECT kind FROM delivery WHERE incident_id = $1 ORDER BY id",
      [id],
    )
  ).rows.map(({ kind }) => kind);
const escalations = async () =>
  (await story.test.database.sql.query("SELECT FROM escalation WHERE incident_id = $1", [id])).rowCount;

it("a snoozed incident is not repeated or escalated until the snooze ends, then pages again", async () => {
  expect(await sent()).toEqual(["notify"]);
  const { status, body } = await act("snooze", { until: "2026-11-22T16:00:00Z", note: "The host is replaced." });
  expect(status).toBe(200);
  expect(body).toMatchObject({ snoozedUntil: "2026-11-22T16:00:00Z", snoozedBy: "admin" });
  expect(body.timeline.slice(-2)).toMatchObject([
    { kind: "snoozed", actor: "admin", message: "Snoozed until 2026-11-22 16:00 UTC." },
    { kind: "note", message: "The host is replaced." },
  ]);
  expect(await escalations()).toBe(0);
  // The repeat interval of 4 h has passed.
  await story.at("2026-11-22T15:00:00Z");
  await tick();
  await flush();
  expect(await sent()).toEqual(["notify"]);
  await story.at("2026-11-22T16:00:01Z");
  await tick();
  await flush();
  expect(await sent()).toEqual(["notify", "repeat"]);
  expect(await escalations()).toBe(1);
  const after = (await story.get(`/incidents/${id}`)).body;
  expect(after).toMatchObject({ snoozedUntil: null, snoozedBy: null });
  expect(after.timeline.map(({ message }: { message: string }) => message)).toContain(
    "The snooze is over: it is notified again.",
  );
});

it("its situation says until when it is snoozed", async () => {
  await act("snooze", { until: "2026-11-22T12:00:00Z" });
  await story.at("2026-11-22T10:16:20Z");
  await updateSituations({ ctx: ctx(), listener: notifyOfIncidents });
  const { situation } = (await story.get(`/incidents/${id}`)).body;
  expect(situation.muted).toEqual({ reason: "snoozed", until: "2026-11-22T12:00:00Z" });
  expect(situation.sentence).toContain("Snoozed until 12:00 UTC.");
});

it("it is taken back by hand, and pages at once", async () => {
  await act("snooze", { until: "2026-11-22T16:00:00Z" });
  const { body } = await act("unsnooze", { note: "Back to work." });
  expect(body.snoozedUntil).toBeNull();
  expect(body.timeline.slice(-2)).toMatchObject([{ kind: "unsnoozed", actor: "admin" }, { kind: "note" }]);
  await story.at("2026-11-22T10:17:00Z");
  await flush();
  expect(await sent()).toEqual(["notify", "repeat"]);
  const again = await act("unsnooze");
  expect(again.body.timeline.filter(({ kind }) => kind === "unsnoozed")).toHaveLength(1);
});

it("an incident that becomes more severe pages although it is snoozed", async () => {
  await story.test.database.sql.query("UPDATE incident SET severity = 'ticket'");
  await act("snooze", { until: "2026-11-22T16:00:00Z" });
  await story.test.database.sql.query("UPDATE incident SET severity = 'page'");
  await tick();
  await story.at("2026-11-22T10:18:00Z");
  await flush();
  expect(await sent()).toEqual(["notify", "repeat"]);
  const { body } = await story.get(`/incidents/${id}`);
  expect(body.snoozedUntil).toBeNull();
  expect(body.timeline.at(-1).message).toContain("More severe than when it was snoozed");
});

it("its end is sent all the same", async () => {
  await act("snooze", { until: "2026-11-22T16:00:00Z" });
  await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T09", events: 1000 });
  await story.judge();
  await tick();
  expect((await story.get(`/incidents/${id}`)).body).toMatchObject({ state: "resolved", snoozedUntil: null });
  expect(await sent()).toEqual(["notify", "notify"]);
  expect((await act("snooze", { until: "2026-11-22T12:00:00Z" })).status).toBe(409);
  expect((await act("unsnooze")).status).toBe(409);
});

it.each([
  [{ until: "2026-11-22T10:00:00Z" }, /in the past: it is 2026-11-22T10:16/],
  [{ until: "2026-11-24T10:00:00Z" }, /more than 24 h ahead. Create a silence/],
  [{ until: "soon" }, /until/],
  [{}, /until/],
  [{ until: "2026-11-22T12:00:00Z", for: "2h" }, /for/],
])("%j is refused", async (body, why) => {
  const answer = await act("snooze", body);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toMatch(why);
});

it("two at once are one after the other, and the later end stands", async () => {
  const ends = ["2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z"];
  const answers = await Promise.all(ends.map((until) => act("snooze", { until })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const { body } = await story.get(`/incidents/${id}`);
  const lines = body.timeline.filter(({ kind }: { kind: string }) => kind === "snoozed");
  expect(lines).toHaveLength(2);
  expect(lines.at(-1).message).toContain(body.snoozedUntil.slice(11, 16));
});
