import { afterAll, beforeAll, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";

// As a Mac types it (NFD), and as the door keeps it (NFC).
const [typed, kept] = ["Cafe\u0301", "Caf\u00e9"];
const [typedSite, keptSite] = ["mu\u0308nchen", "m\u00fcnchen"];
let story: HourStory;

beforeAll(async () => {
  const activeFrom = "2026-11-22T10:00:00Z";
  const names = { eventTypes: [kept, "EndSong"], datacenters: [keptSite] };
  story = await HourStory.begin({ now: "2026-11-22T10:30:00Z", activeFrom, ...names });
  await story.at("2026-11-22T11:05:00Z");
  for (const eventType of names.eventTypes)
    await story.settle("2026-11-22T10", { eventType, dcs: [keptSite], lost: 5 });
  await story.at("2026-11-22T12:30:00Z");
});
afterAll(() => story.end());

async function send(method: string, path: string, body: object) {
  const answer = await story.api.call(method, `/api/v1${path}`, { body });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test("normalises the names of a consumer and its webhook, of days too", async () => {
  for (const eventType of [typed, "EndSong"])
    expect(
      (await send("PUT", `/event-types/${encodeURIComponent(eventType)}/consumers/daily`, { contact: "us" })).status,
    ).toBe(200);
  const subscription = { consumer: "daily", url: "https://hooks.example.com/x", events: ["day"], dayZone: "UTC" };
  expect(
    await send("POST", "/subscriptions", { ...subscription, eventType: typed, dayEventTypes: ["EndSong"] }),
  ).toMatchObject({
    status: 201,
    body: { eventType: kept },
  });
  expect(
    await send("POST", "/subscriptions", { ...subscription, eventType: "EndSong", dayEventTypes: [typed] }),
  ).toMatchObject({
    status: 201,
    body: { dayEventTypes: expect.arrayContaining([kept]) },
  });
});

test("a correction, an excused hour, a marked incident", async () => {
  const hours = { from: "2026-11-22T10", to: "2026-11-22T11", reason: "test" };
  expect(await send("POST", "/corrections", { action: "accept-hour", eventType: typed, ...hours })).toMatchObject({
    status: 201,
    body: { eventType: kept },
  });
  expect(await send("POST", "/slo/excuses", { eventTypes: [typed], ...hours })).toMatchObject({
    status: 201,
    body: { eventTypes: [kept] },
  });
  const times = { from: "2026-11-22T10:00:00Z", to: "2026-11-22T11:00:00Z", reason: "test" };
  expect(await send("POST", "/volume-exclusions", { eventType: typed, datacenter: typedSite, ...times })).toMatchObject(
    {
      status: 201,
      body: { eventType: kept, datacenter: keptSite },
    },
  );
});

test("what no name can be is refused by its place", async () => {
  const answer = await send("POST", "/slo/excuses", {
    eventTypes: ["EndSong", " x"],
    from: "2026-11-22T10",
    to: "2026-11-22T11",
    reason: "t",
  });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: "/eventTypes/1" }] } });
});
