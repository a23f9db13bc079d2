import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { statusSchema } from "#domain/api/board.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;
const opening = openingOf({ now: "2026-11-22T13:10:00Z", activeFrom: "2026-11-22T12:00:00Z" });
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

async function readStatus() {
  const { status, body } = await story.get("/status");
  expect(status).toBe(200);
  return statusSchema.parse(body);
}

describe("/status", () => {
  it("before the first message: nothing ingested, all judged", async () => {
    expect(await readStatus()).toEqual({
      now: "2026-11-22T13:10:00Z",
      dirtyHours: 0,
      lastIngestAt: null,
      telemetryAgeSeconds: null,
      version: "0.0.0-test",
      clock: { speed: 1, drill: false },
      ingest: { messages: 0, rejected: 0, unstored: 0, pubsub: false, intakes: [] },
      rejudging: null,
      metricExport: null,
      behind: [],
    });
  });

  it("a committed message → its hour is dirty once, however often it was reported; judged → 0", async () => {
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T12", events: 5 });
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T12", events: 5 });
    expect(await readStatus()).toMatchObject({
      dirtyHours: 1,
      lastIngestAt: "2026-11-22T13:10:00Z",
      telemetryAgeSeconds: 0,
      ingest: { messages: 2, rejected: 0 },
    });
    await story.judge();
    expect((await readStatus()).dirtyHours).toBe(0);
  });

  it("time that passes makes hours due, and hours that begin missing; the judge catches up → 0", async () => {
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T12", events: 5 });
    await story.judge();
    story.clock.set("2026-11-22T15:00:00Z");
    // 12 has passed its deadline, 13 its end; 14 and 15 have no verdict row yet.
    expect(await readStatus()).toMatchObject({ dirtyHours: 4, telemetryAgeSeconds: 6_600 });
    await story.judge();
    expect((await readStatus()).dirtyHours).toBe(0);
  });

  it("a message of a type that no one claimed is not waited for once it was seen", async () => {
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T12", events: 5, eventType: "Stray" });
    await story.judge();
    expect((await readStatus()).dirtyHours).toBe(0);
  });
});
