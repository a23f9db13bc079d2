import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explanationSchema, fleetExplanationSchema } from "#domain/api/explanation.ts";
import { progressSchema, skewSchema } from "#domain/api/hour-evidence.ts";
import { lanesSchema, latenessSchema } from "#domain/api/lateness.ts";
import { HourStory } from "#test/hour-story.ts";

const hour = "/event-types/EndSong/hours/2026-11-22T13";
let story: HourStory;

// Two weeks' hours 13, then a day on which west stops speaking at 13:40, while east goes on and puts ten events elsewhere.
beforeAll(async () => {
  story = await HourStory.begin({ now: "2026-11-15T13:10:00Z", activeFrom: "2026-11-15T13:00:00Z" });
  for (let day = 15; day < 22; day++) {
    await story.at(`2026-11-${day}T14:${day}:00Z`);
    await story.settle(`2026-11-${day}T13`);
  }
  await story.at("2026-11-22T13:40:00Z");
  await story.count({ dc: "west", stage: "produced", hour: "2026-11-22T13", events: 600 });
  await story.watermark("west", "2026-11-22T13:31:00Z");
  await story.watermark("east", "2026-11-22T13:31:00Z");
  await story.at("2026-11-22T14:10:00Z");
  await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T13", events: 1000 });
  await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T13", events: 990 });
  await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T13", landedHour: "2026-11-22T14", events: 10 });
  await story.watermark("east", "2026-11-22T14:00:00Z");
  await story.say("tidemark.backlog.v1", {
    dc: "east",
    eventType: "EndSong",
    stage: "delivered",
    oldestAgeSeconds: 40,
    messages: 7,
  });
  await story.at("2026-11-22T15:20:00Z");
  await story.say("tidemark.heartbeat.v1", {
    dc: "east",
    component: "exporter",
    instance: "exporter-1",
    version: "1.2.0",
  });
});
afterAll(() => story.end());

describe("GET …/explanation", () => {
  it("names the silent datacenter first, with its start and evidence", async () => {
    const { status, body } = await story.get(`${hour}/explanation`);
    expect(status).toBe(200);
    expect(explanationSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({ eventType: "EndSong", hour: "2026-11-22T13", state: "late" });
    expect(body.causes[0]).toMatchObject({
      code: "datacenter_silent",
      datacenter: "west",
      stage: "produced",
      since: "2026-11-22T13:40:00Z",
    });
    const facts = body.causes[0].evidence.map(({ fact }: { fact: string }) => fact);
    expect(facts).toContain("west has sent nothing, of any type, since 13:40 UTC.");
    expect(facts.join()).toContain("ingest works");
  });

  it("has nothing to say of an hour that is well, and 404 of one that has no verdict", async () => {
    expect((await story.get("/event-types/EndSong/hours/2026-11-21T13/explanation")).body.causes).toEqual([]);
    expect((await story.get("/event-types/EndSong/hours/2026-11-02T13/explanation")).status).toBe(404);
    expect((await story.get("/event-types/EndSong/hours/yesterday/explanation")).status).toBe(400);
  });
});

describe("GET /explanation", () => {
  it("gathers the types in trouble by what they share", async () => {
    const { body } = await story.get("/explanation");
    expect(fleetExplanationSchema.parse(body)).toEqual(body);
    expect(body.types).toBe(1);
    expect(body.causes).toHaveLength(1);
    expect(body.causes[0]).toMatchObject({ eventTypes: ["EndSong"], share: 1 });
  });
});

describe("GET …/skew", () => {
  it("says in which buckets the hour's events are, and whose are in its own", async () => {
    const { body } = await story.get(`${hour}/skew`);
    expect(skewSchema.parse(body)).toEqual(body);
    expect(body.landed).toEqual([
      { datacenter: "east", landedHour: "2026-11-22T13", events: 990 },
      { datacenter: "east", landedHour: "2026-11-22T14", events: 10 },
    ]);
    const next = await story.get("/event-types/EndSong/hours/2026-11-22T14/skew");
    expect(next.body.arrived).toEqual([{ datacenter: "east", hour: "2026-11-22T13", events: 10 }]);
  });
});

describe("GET …/progress", () => {
  it("sets the closings beside those of the same hour of the days before", async () => {
    const { body } = await story.get(`${hour}/progress`);
    expect(progressSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({ basis: "hour-of-day", basisHours: 7 });
    const [east, west] = body.lanes;
    expect(east).toMatchObject({ datacenter: "east", closedAt: "2026-11-22T14:10:00Z" });
    expect(east.usualDelay).toEqual({ low: 15 * 60, median: 18 * 60, high: 21 * 60 });
    expect(east.usualProduced).toEqual({ low: 1000, median: 1000, high: 1000 });
    expect(east.steps).toEqual([
      { closedThrough: "2026-11-22T13:00:00Z", closedAt: "2026-11-22T13:40:00Z" },
      { closedThrough: "2026-11-22T14:00:00Z", closedAt: "2026-11-22T14:10:00Z" },
    ]);
    expect(west).toMatchObject({ datacenter: "west", closedAt: null, watermark: "2026-11-22T13:31:00Z" });
  });

  it("claims no usual where too little was seen", async () => {
    const { body } = await story.get("/event-types/EndSong/hours/2026-11-16T13/progress");
    expect(body).toMatchObject({ basis: null, basisHours: 0 });
    expect(body.lanes[0].usualDelay).toBeNull();
  });
});

describe("GET /lateness and /datacenters/{name}/lanes", () => {
  it("counts who held the late hours up", async () => {
    const { body } = await story.get("/lateness");
    expect(latenessSchema.parse(body)).toEqual(body);
    const [east, west] = body.datacenters;
    expect(east.name).toBe("east");
    expect(west.lastDay.heldUp).toBe(east.lastDay.heldUp + 1);
    expect(body.lateHours.lastWeek).toBeGreaterThanOrEqual(west.lastWeek.heldUp);
    expect(west.lastWeek.hours).toBe(east.lastWeek.hours);
  });

  it("lists the types of a datacenter, how far they are behind and what waits", async () => {
    const { body } = await story.get("/datacenters/east/lanes");
    expect(lanesSchema.parse(body)).toEqual(body);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ eventType: "EndSong", watermark: "2026-11-22T14:00:00Z", lagSeconds: 4800 });
    expect(body.items[0].backlogs).toEqual([
      { stage: "delivered", oldestAgeSeconds: 40, messages: 7, observedAt: "2026-11-22T14:10:00Z" },
    ]);
    const west = await story.get("/datacenters/west/lanes");
    expect(west.body.items[0].oldestOpenHour).toBe("2026-11-22T13");
    expect((await story.get("/datacenters/nowhere/lanes")).status).toBe(404);
  });
});
