import { afterEach, beforeEach, expect, test } from "vitest";
import type { AlertJson, IncidentJson, IncidentSummaryJson } from "#domain/api/alerts.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";

const hour = "2026-11-22T09";
let story: HourStory;

const lost = openingOf(
  { now: `${hour}:00:00Z`, activeFrom: `${hour}:00:00Z`, deadlineSeconds: 7200 },
  async (lived) => {
    await lived.at("2026-11-22T10:01:00Z");
    await lived.settle(hour, { lost: 7 });
    await lived.at("2026-11-22T10:16:01Z");
    await tick(lived);
  },
);
beforeEach(async () => {
  story = await lost.begin();
});
afterEach(() => story.end());

async function tick(of = story): Promise<void> {
  for (const dc of ["east", "west"])
    await of.say("tidemark.heartbeat.v1", { dc, component: "exporter", instance: "exporter-1" });
  await of.judge();
  await tickAlerts({ ctx: workerContext(of.test.database, of.clock) });
}

/** Those about the loss: that the watermarks stand still meanwhile is another story. */
const open = async () =>
  ((await story.get("/incidents?state=open,acknowledged")).body.items as IncidentSummaryJson[]).filter(
    ({ causeKey }) => causeKey === "datacenter/east/lost",
  );
const incident = async (id: string) => (await story.get(`/incidents/${id}`)).body as IncidentJson;
const firing = async () =>
  ((await story.get("/alerts?state=firing")).body.items as AlertJson[])
    .flatMap(({ rule }) => (rule === "watermark-stalled-high" ? [] : [rule]))
    .sort();
/** Later by so many seconds. */
const pass = (seconds: number) => story.at(new Date(story.clock.now().getTime() + seconds * 1000).toISOString());

async function board() {
  const [row] = (await story.get("/board")).body.items;
  const cell = row.strip.find((each: { hour: string } | null) => each?.hour === hour);
  const [compact] = (await story.get("/board/compact")).body.items;
  return { risk: row.risk, accepted: cell.accepted, state: cell.state, letters: compact.states };
}

async function accept(reason: string): Promise<string> {
  const body = { action: "accept-hour", eventType: "EndSong", from: hour, reason };
  const answer = await story.api.call("POST", "/api/v1/corrections", { body });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

test("lost → paged → accepted: its incident ends and says why → undone: it comes back → accepted, then worse: it comes back", async () => {
  const [first] = await open();
  expect(first).toMatchObject({ causeKey: "datacenter/east/lost", affectedHours: 1 });
  const paged = await firing();
  expect(paged).toContain("events-lost-high");
  expect(await board()).toMatchObject({ accepted: false, state: "incomplete" });
  expect((await board()).risk).toBeGreaterThan(1.7);

  const id = await accept("The disk is gone for good.");
  await tick();
  await pass(600);
  await tick();
  expect(await firing()).toEqual([]);
  expect(await open()).toEqual([]);
  const ended = await incident(first?.id ?? "");
  expect(ended).toMatchObject({
    state: "resolved",
    hours: [{ hour, state: "incomplete", lost: 7, accepted: { correction: id, reason: "The disk is gone for good." } }],
  });
  expect(ended.timeline.find(({ kind }) => kind === "hours_accepted")).toMatchObject({
    actor: "admin",
    message: expect.stringContaining("The disk is gone for good."),
  });
  expect(ended.timeline.at(-1)).toMatchObject({
    kind: "resolved",
    message: expect.stringContaining("final or accepted"),
  });
  // The figures stay, with a mark; what was accepted is no risk.
  expect(await board()).toMatchObject({ accepted: true, state: "incomplete", letters: expect.stringContaining("J") });
  expect((await board()).risk).toBeLessThan(1);
  const matrix = (await story.get(`/matrix?from=${hour}&to=2026-11-22T10`)).body;
  expect(JSON.stringify(matrix)).toContain('"J"');

  expect((await story.api.call("DELETE", `/api/v1/corrections/${id}`)).status).toBe(200);
  await tick();
  expect(await firing()).toEqual(paged);
  const [second] = await open();
  expect(second).toMatchObject({ causeKey: "datacenter/east/lost", affectedHours: 1 });
  expect(second?.id).not.toBe(first?.id);
  expect(await board()).toMatchObject({ accepted: false });

  await accept("It stays lost.");
  await tick();
  await pass(600);
  await tick();
  expect(await open()).toEqual([]);
  // East finds that it had produced more than it said.
  await story.count({ dc: "east", stage: "produced", hour, events: 1_500 });
  await tick();
  expect(await firing()).toEqual(paged);
  const [third] = await open();
  expect(third).toMatchObject({ causeKey: "datacenter/east/lost" });
  expect(await board()).toMatchObject({ accepted: false });
});

test("an incident that goes on says which hours were accepted, and that an acceptance holds no more", async () => {
  await story.at("2026-11-22T12:01:00Z");
  await story.settle("2026-11-22T10", { lost: 9 });
  await story.at("2026-11-22T12:17:00Z");
  await tick();
  const going = (await open())[0];
  const id = await accept("Only this one.");
  await tick();
  const during = await incident(going?.id ?? "");
  expect(during).toMatchObject({ state: "open", hours: [{ accepted: { correction: id } }, { accepted: null }] });
  expect(during.timeline.map(({ kind }) => kind)).toContain("hours_accepted");
  await story.api.call("DELETE", `/api/v1/corrections/${id}`);
  await tick();
  const after = await incident(going?.id ?? "");
  expect(after.timeline.at(-1)).toMatchObject({
    kind: "acceptance_ended",
    message: expect.stringContaining("no longer accepted"),
  });
  expect(after.hours.map(({ accepted }) => accepted)).toEqual([null, null]);
});
