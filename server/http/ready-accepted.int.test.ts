import { afterAll, beforeAll, expect, it } from "vitest";
import { rangeReadinessSchema, readyRangeSchema } from "#domain/api/ready.ts";
import { joinNames } from "#domain/name-list.ts";
import { HourStory } from "#test/hour-story.ts";

const names = ["a,b", "a", "b\\", "Plain"];
let story: HourStory;

beforeAll(async () => {
  const activeFrom = "2026-11-22T10:00:00Z";
  story = await HourStory.begin({ now: "2026-11-22T10:30:00Z", activeFrom, eventTypes: names });
  await story.at("2026-11-22T11:05:00Z");
  for (const eventType of names)
    await story.settle("2026-11-22T10", { eventType, lost: eventType === "Plain" ? 5 : 0 });
  await story.at("2026-11-22T11:30:00Z");
});
afterAll(() => story.end());

const range = "from=2026-11-22T10&to=2026-11-22T11";
const ask = (text: string, call = "ready") => story.get(`/${call}?eventTypes=${encodeURIComponent(text)}&${range}`);

it("a comma in a name is asked for by `\\,`, alone and among others", async () => {
  expect((await ask("a\\,b")).body).toMatchObject({ ready: true, eventTypes: ["a,b"] });
  expect((await ask(joinNames(["a,b", "a", "b\\"]))).body).toMatchObject({
    eventTypes: ["a,b", "a", "b\\"],
    totalHours: 3,
  });
  expect((await ask("a,b")).status).toBe(400);
});

it("accepted hours are listed with who, when and why, at the gate and for who looks, until they are accepted no more", async () => {
  expect(await ask("Plain,a")).toMatchObject({ status: 404, body: { accepted: [], acceptedHours: 0, readyHours: 1 } });
  const body = { action: "accept-hour", eventType: "Plain", from: "2026-11-22T10", reason: "The disk is gone." };
  const made = (await (await story.api.call("POST", "/api/v1/corrections", { body })).json()) as { id: string };
  await story.judge();
  const accepted = {
    acceptedHours: 1,
    accepted: [
      {
        eventType: "Plain",
        hour: "2026-11-22T10",
        state: "incomplete",
        correction: made.id,
        by: "admin",
        at: "2026-11-22T11:30:00Z",
        reason: "The disk is gone.",
      },
    ],
  };
  const ready = await ask("Plain,a");
  expect(ready).toMatchObject({ status: 200, body: accepted });
  expect(readyRangeSchema.safeParse(ready.body).error).toBeUndefined();
  const shown = await ask("Plain,a", "readiness");
  expect(rangeReadinessSchema.safeParse(shown.body).error).toBeUndefined();
  expect(shown.body).toMatchObject({
    ...accepted,
    ready: true,
    types: [
      { eventType: "Plain", hours: [{ ready: true, accepted: true }] },
      { eventType: "a", hours: [{ ready: true, accepted: false }] },
    ],
  });
  await story.api.call("DELETE", `/api/v1/corrections/${made.id}`);
  await story.judge();
  expect(await ask("Plain,a")).toMatchObject({ status: 404, body: { accepted: [], acceptedHours: 0 } });
});
